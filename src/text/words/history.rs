//! The history tab: states as they were delivered, and events about the same file.

words! {
    /// Words of the history tab.
    HistoryWords {
        time: "Latest time told", "事件中的最晚时间";
        time_why: "The latest time inside the event. When it was delivered is not recorded.", "事件内容里的最晚时间；投递时间没有记录。";
        states: "States received", "收到的状态";
        newest_first: "newest first", "最新在前";
        reading: "Reading the earlier states…", "正在读取更早的状态…";
        not_read: "This state cannot be read again", "无法重新读取此状态";
        same_state: "the same state again", "与上相同的状态";
        absent: "absent", "没有";
        change: "Change", "变化";
        related_caption: "same FileId, or naming one another", "FileId 相同，或互相提到";
        no_related: "No other event of the open sources names this file or this task.", "已打开的来源中没有其他事件提到此文件或此任务。";
        no_name: "no file name", "没有文件名";
    }
}
