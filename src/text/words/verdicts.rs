//! The five verdicts and what sub-tasks may be.

words! {
    /// Verdict and outcome words.
    Verdicts {
        ok: "OK", "成功";
        partly_failed: "Partly failed", "部分失败";
        failed: "All failed", "全部失败";
        running: "Running", "处理中";
        unknown: "Unknown / other", "未知 / 其他";
        sub_succeeded: "Succeeded", "成功";
        sub_failed: "Failed", "失败";
        sub_running: "Running", "处理中";
        sub_waiting: "Waiting", "等待中";
        sub_unknown: "Unknown", "未知";
        chip_ok: "ok", "成功";
        chip_partly_failed: "partly failed", "部分失败";
        chip_failed: "all failed", "全部失败";
        chip_running: "running", "处理中";
        chip_unknown: "unknown", "未知";
        finished: "Finished", "已结束";
        moderation_hit: "Moderation flagged", "审核命中";
        sub_task_missing: "A sub-task is missing", "缺少一个子任务";
    }
}
