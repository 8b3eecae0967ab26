//! The rail: sources and facets.

words! {
    /// Words of the rail.
    RailWords {
        tasks: "Tasks", "任务";
        sources: "Sources", "来源";
        add_source: "Open more files", "打开更多文件";
        close_source: "Close this source", "关闭此来源";
        follow_source: "Follow as it grows", "跟踪新内容";
        stop_source: "Stop reading", "停止读取";
        verdict: "Verdict", "结论";
        event_type: "Event type", "事件类型";
        code: "Error code", "错误码";
        kind: "Sub-task type", "子任务类型";
        template: "Template", "模板";
        source: "Source", "来源";
        time: "Time", "时间";
        fewer: "fewer", "收起";
        include: "Show only these", "只看这些";
        exclude: "Leave these out", "排除这些";
        expand: "Open the rail", "展开侧栏";
        problems: "Unreadable records", "不可读的记录";
        of_source: "Source", "来源";
    }
}
