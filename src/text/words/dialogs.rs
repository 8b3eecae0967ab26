//! Dialogs, settings, palette.

words! {
    /// Words of dialogs.
    Dialogs {
        palette_hint: "Type a command…", "输入命令…";
        palette_empty: "No such command", "没有这个命令";
        keys_title: "All keys", "全部按键";
        settings_title: "Settings", "设置";
        appearance: "Appearance", "外观";
        forget_recent: "Forget recent files", "清除最近打开";
        moving: "Moving", "移动";
        filtering: "Filtering", "筛选";
        opening: "Opening and window", "打开与窗口";
        copying: "Copying and raw text", "复制与原文";
        recent_none: "No recent files", "没有最近打开的文件";
        or: "or", "或";
    }
}
