//! Pictures: covers, snapshots, sprites, and what is done with them.

words! {
    /// Words of the previews.
    PreviewWords {
        tab: "Previews", "预览";
        url: "URL", "链接";
        urls: "URLs", "全部链接";
        copied_image: "Image copied", "已复制图片";
        not_copied: "Cannot copy the image", "无法复制图片";
        not_copied_why: "it could not be fetched; its tile says why", "图片未能下载，原因见图片所在位置";
        saved: "Image saved", "图片已保存";
        not_saved: "Cannot save the image", "无法保存图片";
        not_kept: "Cannot save the image: it is no longer in the cache; open it again, then save", "无法保存图片：缓存中已没有，请重新打开后再保存";
        not_opened: "Only http and https addresses are opened", "只能打开 http 和 https 地址";
        none: "No pictures in this event", "这个事件没有图片";
        none_why: "A cover, snapshots, sprites and animations are shown here when a sub-task made some.", "有子任务生成封面、截图、雪碧图或动图时，会显示在这里。";
        source_cover: "Cover of the media", "媒体封面";
        cover: "Cover", "封面";
        snapshots: "Snapshots", "截图";
        sprites: "Sprite scrubber", "雪碧图预览";
        animated: "Animated graphics", "转动图";
        ai_covers: "Cover candidates", "智能封面候选";
        highlights: "Highlights", "精彩集锦";
        evidence: "Moderation evidence", "审核证据";
        waiting: "waiting", "等待中";
        wall_size: "Size of the pictures", "图片大小";
        time: "Time", "时间";
        cue: "WebVTT cue", "WebVTT 片段";
        cell: "Cell", "小图";
        rectangle: "Rectangle", "位置";
        sheet: "Sheet", "大图";
        one_cell: "one cell", "移动一格";
        estimated: "Places and times are worked out: no WebVTT file", "没有 WebVTT 文件，位置和时间为推算";
        no_times: "The event tells no duration: cells stand in their order", "事件没有时长，按顺序排列";
        strip: "Scrub through the video", "在视频上拖动预览";
        container: "Container", "封装格式";
        size: "Size", "大小";
        range: "Range", "范围";
        host: "Host", "域名";
        allow_and_load: "Allow and load", "允许并加载";
        files: "Video files", "视频文件";
        files_why: "Addresses only: vodscope never fetches or plays them", "仅列出地址：vodscope 不会下载或播放";
        open_in_player: "Open in the system's player", "用系统播放器打开";
        off: "Fetching pictures is switched off.", "已关闭图片获取。";
        off_why: "Nothing is contacted. Switch it on here or in the settings.", "不会访问任何地址。可在此处或设置中打开。";
        ask_first: "Remote pictures are not fetched until you allow the host.", "允许域名之前，不会获取远程图片。";
        ask_redirect: "A picture was redirected to a host you have not allowed.", "图片被重定向到尚未允许的域名。";
        ask_private: "An allowed host leads into a private network.", "已允许的域名指向内网。";
        allow_private: "Allow until you quit", "本次运行允许";
        more: "More", "更多";
        copy_urls: "Copy URLs", "复制全部链接";
        allow_vod: "Always allow VOD domains", "始终允许点播域名";
        key_fault: "Cannot use the keyring for a signing key", "无法通过密钥环使用签名密钥";
    }
}
