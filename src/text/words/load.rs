//! First run, drop target, load report.

words! {
    /// Words of opening and of what could not be read.
    LoadWords {
        headline: "Look inside a task flow", "看懂每一个任务流";
        subline: "Open the events your callback received, paste one, or read tasks from the account.", "打开回调收到的事件、直接粘贴一条，或从账号读取任务。";
        open_card: "Open files", "打开文件";
        open_card_text: "JSON, NDJSON, a folder of them, or drop them on this window.", "JSON、NDJSON 或整个文件夹，也可以拖到窗口里。";
        paste_card: "Paste JSON", "粘贴 JSON";
        paste_card_text: "One event, an EventSet, an API response, a log line with JSON in it.", "一条事件、一个 EventSet、一次 API 应答，或带 JSON 的日志行。";
        samples: "Bundled samples", "自带示例";
        recent: "Recent", "最近打开";
        reads: "It reads", "可以读取";
        reads_events: "One event, an array, or one a line", "单条、数组，或每行一条";
        reads_answers: "API answers with EventSet inside", "含 EventSet 的 API 应答";
        reads_old: "Old 2.0 callbacks", "旧版 2.0 回调";
        reads_compressed: "Compressed: .gz, .zst", "压缩文件：.gz、.zst";
        promise: "Files stay on this machine and are never changed. Secrets are never written to files.", "文件只留在本机，不做任何修改。密钥不会写入文件。";
        drop_text: "They are merged in time order. Repeats of the same TaskId fold into one row.", "按时间合并，相同 TaskId 的重复事件折叠成一行。";
        not_json: "not JSON, will be skipped", "不是 JSON，将跳过";
        report: "Load report", "载入报告";
        copy_report: "Copy report", "复制报告";
        nothing_changed: "nothing was changed in the files", "文件未做任何修改";
        recognised: "What was recognised", "识别结果";
        file: "File", "文件";
        shape: "Shape", "形式";
        size: "Size", "大小";
        records: "Records", "记录";
        read: "Read", "已读";
        unreadable: "Unreadable", "不可读";
        time: "Time", "用时";
        line: "line", "行";
        byte: "byte", "字节";
        shape_lines: "NDJSON, one event a line", "NDJSON，每行一条";
        shape_documents: "JSON documents", "JSON 文档";
        shape_log: "log lines with JSON in them", "带 JSON 的日志";
        repair: "Repair and read", "修复后读取";
        repaired: "Repaired", "已修复";
        repair_hint: "Comments, trailing commas and full-width punctuation are put right in memory; the file stays as it is.", "在内存中修正注释、多余逗号和全角标点，文件本身不变。";
        nothing_to_repair: "Nothing here that a repair would help", "没有可以自动修复的内容";
        cut_off: "Cut off", "被截断";
        not_utf8: "Not UTF-8", "不是 UTF-8";
        syntax: "Not JSON", "不是 JSON";
        too_deep: "Nested too deep", "嵌套过深";
        too_long: "Too long", "过长";
        not_an_event: "Not an event", "不是事件";
        no_json: "No JSON", "没有 JSON";
        empty: "Empty", "空文件";
        unreadable_file: "Cannot be opened", "无法打开";
        not_a_file: "Not a file", "不是文件";
        bad_compression: "Damaged archive", "压缩数据损坏";
        shrunk: "Became shorter", "文件变短";
        changed: "Changed", "已改变";
        damaged_entry: "Damaged", "已损坏";
        deleted: "Deleted", "已删除";
        more: "Not told one by one", "未逐一列出";
        refused: "Refused", "已拒绝";
        cannot_listen: "Cannot listen", "无法接收";
        empty_clipboard: "The clipboard holds no text. Copy an event and paste again.", "剪贴板里没有文本。请先复制事件再粘贴。";
        no_dialog: "No file dialog is available here. Drop the file on the window or name it on the command line.", "此处没有可用的文件对话框。请把文件拖到窗口，或在命令行中给出路径。";
        pasted: "Pasted", "粘贴";
        json: "JSON, NDJSON", "JSON、NDJSON";
        pull_events: "PullEvents", "PullEvents";
        old_members: "eventType, data", "eventType、data";
        gz_zst: ".gz, .zst", ".gz、.zst";
        sample_documented: "动物世界, the documented example", "动物世界，文档示例";
        sample_failed: "A flow that finished with 2 of 6 failed", "已结束但 6 项中 2 项失败的任务流";
        sample_night: "One night with every verdict", "一夜之间的各种结果";
        one_task: "1 task", "1 个任务";
        many_tasks: "about 60 tasks", "约 60 个任务";
        copy_problem: "Copy this problem", "复制此问题";
        close_report: "Close the report", "关闭报告";
        show_more: "Show more", "显示更多";
        still_reading: "still reading", "读取中";
        following: "followed", "跟踪中";
        cancelled: "cancelled", "已取消";
    }
}
