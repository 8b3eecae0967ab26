//! The raw tab.

words! {
    /// Words of the raw tab.
    RawWords {
        search: "Search the tree", "搜索原文";
        search_text: "Search the text", "搜索文本";
        search_options: "What is searched", "搜索范围";
        match_case: "Match case", "区分大小写";
        keys: "key", "键";
        values: "value", "值";
        in_keys: "Search in keys", "搜索键";
        in_values: "Search in values", "搜索值";
        view: "View", "显示方式";
        tree: "Tree", "树";
        text: "Text", "文本";
        depth: "Depth", "层级";
        depth_all: "All levels", "全部层级";
        copy_json: "Copy JSON", "复制 JSON";
        copy_json_tree: "Copies the whole event, indented", "复制整个事件，带缩进";
        copy_json_text: "Copies the whole event as it was received", "按收到的原样复制整个事件";
        copy_value: "Copy value", "复制值";
        copy_path: "Copy path", "复制路径";
        json_path: "JSONPath", "JSONPath";
        json_pointer: "JSON Pointer", "JSON Pointer";
        jq: "jq", "jq";
        value: "Value", "值";
        apply_as_filter: "Apply value as filter", "用此值筛选";
        sub_task_marked: "selected sub-task", "所选子任务";
        unknown_field: "unknown field", "未知字段";
        repeated_key: "repeated, the last one counts", "重复，以最后一个为准";
        replaced: "holds half a character, shown as �", "含不完整字符，显示为 �";
        line: "line", "行";
        fold: "Fold", "折叠";
        unfold: "Unfold", "展开";
        fold_siblings: "Fold siblings", "折叠同级";
        unfold_siblings: "Unfold siblings", "展开同级";
        previous_hit: "Previous hit", "上一个匹配";
        next_hit: "Next hit", "下一个匹配";
        no_hits: "no hits", "没有匹配";
        decoded_from: "Read from an escaped string", "取自转义字符串";
        path: "Path", "路径";
    }
}
