//! Top bar, status bar, toasts.

words! {
    /// Words of the window's frame.
    Chrome {
        no_file_dialog: "No file dialog could be shown", "无法打开文件对话框";
        no_file_dialog_why: "Install xdg-desktop-portal with a backend for this desktop, or zenity. To open files, drop them here or name them on the command line", "请安装适合当前桌面的 xdg-desktop-portal 或 zenity；打开文件也可拖入窗口，或写在命令行中";
        app: "vodscope", "vodscope";
        open: "Open", "打开";
        open_files: "Open files…", "打开文件…";
        open_folder: "Open folder…", "打开文件夹…";
        open_recent: "Recent", "最近打开";
        open_samples: "Bundled samples", "自带示例";
        paste: "Paste", "粘贴";
        query_hint: "Filter, or paste a TaskId, FileId, URL, file name…", "筛选，或粘贴 TaskId、FileId、链接、文件名…";
        query_name: "Filter tasks", "筛选任务";
        clear_query: "Clear the filter", "清除筛选";
        remove_filter: "Remove filter", "移除筛选";
        read_only: "Read-only", "只读";
        read_only_why: "Looking changes nothing: files are only read, and pulling tasks only asks. The event queue is touched only when you borrow from it.", "查看不会改变任何东西：文件只读取，拉取任务只查询。只有你主动借用时才会触碰事件队列。";
        language: "Language", "语言";
        theme: "Theme", "主题";
        theme_system: "Follow the system", "跟随系统";
        theme_light: "Light", "浅色";
        theme_dark: "Dark", "深色";
        settings: "Settings", "设置";
        zone: "Time zone", "时区";
        zone_local: "Local time", "本地时间";
        zone_utc: "UTC", "UTC";
        zone_beijing: "UTC+08:00", "UTC+08:00";
        ui_scale: "Size of the interface", "界面缩放";
        all_keys: "All keys", "全部按键";
        palette: "Command palette", "命令面板";
        nothing_loaded: "Nothing loaded", "尚未载入";
        cancel: "Cancel", "取消";
        close: "Close", "关闭";
        dismiss: "Dismiss", "知道了";
        details: "Details", "详情";
        copied: "Copied", "已复制";
        copy: "Copy", "复制";
        copy_path: "Copy path", "复制路径";
        filter_for: "Filter for", "只看";
        filter_out: "Filter out", "排除";
        show_in_raw: "Show in Raw", "在原文中查看";
        zoom_in: "Larger", "放大";
        zoom_out: "Smaller", "缩小";
        zoom_reset: "Normal size", "原始大小";
        reading: "Reading", "读取中";
        following: "Following", "持续跟踪";
        bar_rows: "row", "行";
        bar_failed_only: "failed only", "只看失败";
        bar_prev_next_failed: "prev / next failed", "上 / 下一个失败";
        bar_tabs: "tabs", "标签页";
        bar_all_keys: "all keys", "全部按键";
        bar_open: "open", "打开";
        bar_paste: "paste", "粘贴";
        bar_pull: "pull", "拉取";
        bar_next_prev_hit: "next / previous hit", "下 / 上一个匹配";
        bar_copy_path: "copy path", "复制路径";
        bar_copy_value: "copy value", "复制值";
        bar_fold: "fold / unfold", "折叠 / 展开";
        chip_verdict: "verdict", "结论";
        chip_type: "type", "类型";
        chip_code: "code", "错误码";
        chip_kind: "sub-task", "子任务";
        chip_template: "template", "模板";
        chip_source: "source", "来源";
        chip_time: "time", "时间";
        scale: "Scale", "缩放";
    }
}
