//! The outputs tab: table, ladder, pictures and other files.

words! {
    /// Words of the outputs tab that the detail pane has no others for.
    OutputsWords {
        no_audio: "no audio", "无音频";
        not_compared: "This event has no MetaData of the source, so its outputs are not compared.", "事件中没有源文件的 MetaData，因此未作比较。";
        average_why: "Average: size ÷ duration of the source", "平均值：大小 ÷ 源时长";
        target_why: "What the template asks for, video and audio together", "模板要求的视频与音频码率之和";
        unit_unknown: "The unit is not certain in this format", "此格式的单位不确定";
        show_rungs: "Show the rungs", "展开各档";
        hide_rungs: "Hide the rungs", "收起各档";
        copy_row: "Copy row", "复制此行";
        copy_urls: "Copy all URLs", "复制全部链接";
        copied_row: "row", "此行";
        copied_table: "table", "表格";
        url: "URL", "链接";
        plot_name: "Bitrate of the outputs over their short side; the numbers are in the table", "产物的码率与短边；数值见表格";
        off_scale: "above this plot", "超出图的范围";
        upscaled: "upscaled", "放大";
        web_vtt: "WebVTT", "WebVTT";
        pictures_why: "vodscope contacts no host by itself; the URLs are from the event.", "vodscope 不会主动访问任何主机；链接来自事件本身。";
        no_url: "The event gives no URL", "事件中没有链接";
    }
}
