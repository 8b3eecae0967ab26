//! Names of commands, as the palette and the key list print them.

words! {
    /// Command names.
    Keys {
        move_down: "Next task", "下一个任务";
        move_up: "Previous task", "上一个任务";
        page_down: "One page down", "向下翻页";
        page_up: "One page up", "向上翻页";
        first: "First task", "第一个任务";
        last: "Last task", "最后一个任务";
        enter_detail: "To the detail pane", "进入详情";
        leave: "Back, close, clear", "返回、关闭、清除";
        focus_query: "Filter (in Raw: search)", "筛选（原文中为搜索）";
        next_hit: "Next hit", "下一个匹配";
        previous_hit: "Previous hit", "上一个匹配";
        failed_only: "Failed only, on and off", "只看失败 开 / 关";
        previous_failed: "Previous failed task", "上一个失败任务";
        next_failed: "Next failed task", "下一个失败任务";
        tab: "Tab", "标签页";
        mark: "Mark the task", "标记任务";
        copy_id: "Copy the TaskId", "复制 TaskId";
        copy_value: "Copy the value", "复制值";
        copy_path: "Copy the path", "复制路径";
        filter_for: "Filter for the value", "只看此值";
        filter_out: "Filter the value out", "排除此值";
        fold: "Fold", "折叠";
        unfold: "Unfold", "展开";
        open: "Open files…", "打开文件…";
        open_folder: "Open folder…", "打开文件夹…";
        paste: "Paste events", "粘贴事件";
        palette: "Command palette", "命令面板";
        rail: "Show or hide the rail", "显示或隐藏侧栏";
        all_keys: "All keys", "全部按键";
        zoom_in: "Larger interface", "放大界面";
        zoom_out: "Smaller interface", "缩小界面";
        zoom_reset: "Normal size", "原始大小";
        switch_language: "Switch language", "切换语言";
        switch_theme: "Switch theme", "切换主题";
        samples: "Open the bundled samples", "打开自带示例";
        settings: "Settings…", "设置…";
        load_report: "Load report", "载入报告";
        clear_filters: "Clear all filters", "清除全部筛选";
    }
}
