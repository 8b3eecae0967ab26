//! The task list and its header.

words! {
    /// Words of the task list.
    ListWords {
        title: "Tasks", "任务";
        sort: "Sort", "排序";
        newest_first: "Newest first", "最新优先";
        oldest_first: "Oldest first", "最早优先";
        by_name: "By file name", "按文件名";
        longest_first: "Longest first", "用时最长";
        most_failed: "Most failures", "失败最多";
        most_deliveries: "Most deliveries", "投递最多";
        density: "Row height", "行高";
        failed: "failed", "失败";
        file_name: "File name", "文件名";
        verdict: "Verdict", "结论";
        sub_tasks: "Sub-tasks", "子任务";
        task_id: "TaskId", "TaskId";
        duration: "Duration", "时长";
        finished: "Finished", "完成时间";
        unnamed: "(unnamed)", "（未命名）";
        no_outcome: "no outcome told", "不含处理结果";
        no_match: "No task matches", "没有符合条件的任务";
        no_match_hint: "This filter leaves nothing over. Remove it to see the tasks again.", "当前筛选排除了所有任务，移除后即可恢复。";
        clear_all: "Clear all filters", "清除全部筛选";
        no_time: "No event here carries a time.", "这里的事件都没有时间信息。";
        histogram: "Tasks over time, drag to select a range", "任务随时间分布，拖动可选取时间段";
        show_new: "Show", "显示";
        mark: "Mark", "标记";
        list_name: "Task list", "任务列表";
        two_lines: "Two lines a task", "每个任务两行";
        one_line: "One line a task", "每个任务一行";
        copy_task_id: "Copy TaskId", "复制 TaskId";
        copy_file_id: "Copy FileId", "复制 FileId";
        filter_file: "Only this file", "只看此文件";
        filter_out_file: "Without this file", "排除此文件";
        unmark: "Remove the mark", "取消标记";
        marked: "marked", "已标记";
        untimed: "without a time", "无时间";
        waiting: "Nothing has arrived yet", "尚无内容";
        nothing_read: "No task could be read", "没有可读取的任务";
        nothing_read_hint: "The load report says why, line by line.", "载入报告逐行说明原因。";
    }
}
