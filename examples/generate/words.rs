//! Names of files and bits of text, in the mix that a Chinese video platform sees.

use crate::rng::Rng;

const CHINESE: &[&str] = &[
    "动物世界",
    "高等数学",
    "直播回放",
    "产品发布会",
    "纪录片",
    "长江",
    "课堂实录",
    "英语听力",
    "客服培训",
    "午间新闻",
    "红烧肉",
    "健身跟练",
    "大学物理",
    "实验",
    "广场舞",
    "城市夜景",
    "访谈",
    "精华剪辑",
    "第三集",
    "完整版",
];
const ENGLISH: &[&str] = &[
    "onboarding",
    "walkthrough",
    "webinar",
    "keynote",
    "demo",
    "interview",
    "highlights",
    "trailer",
    "lesson",
    "stage",
    "replay",
    "podcast",
    "drone",
    "vlog",
    "teaser",
];
const EMOJI: &[&str] = &["🎬", "👨\u{200d}👩\u{200d}👧", "🇨🇳", "🐼", "🎉"];
const EXTENSIONS: &[&str] = &["mp4", "mp4", "mp4", "mov", "flv", "ts", "mkv"];
const SENTENCES: &[&str] = &[
    "欢迎来到今天的课程。",
    "我们先看一个例子。",
    "江面上的雾还没有散去。",
    "这个问题留给大家思考。",
    "谢谢各位的收看，下期再见。",
    "接下来请看大屏幕。",
];
pub(crate) const TAGS: &[&str] = &[
    "风景", "人物", "体育", "美食", "课堂", "新闻", "动物", "城市",
];

pub(crate) fn sentence(rng: &mut Rng) -> &'static str {
    rng.pick(SENTENCES)
}

/// 40 % Chinese, 30 % English, 15 % mixed, 10 % emoji, and the awkward rest.
pub(crate) fn file_name(rng: &mut Rng) -> String {
    let extension = rng.pick(EXTENSIONS);
    match rng.below(100) {
        0..40 => chinese(rng),
        40..70 => format!("{}.{extension}", english(rng)),
        70..85 => format!("{}_{}.{extension}", chinese(rng), english(rng)),
        85..95 => format!("{}{}.{extension}", rng.pick(EMOJI), chinese(rng)),
        95..97 => format!(
            "\"{}\" C:\\media\\{}.{extension}",
            english(rng),
            rng.below(99)
        ),
        97 => String::new(),
        _ => (0..rng.between(12, 30))
            .map(|_| rng.pick(CHINESE))
            .collect(),
    }
}

fn chinese(rng: &mut Rng) -> String {
    let name: String = (0..rng.between(1, 3)).map(|_| rng.pick(CHINESE)).collect();
    if rng.chance(30) {
        format!("{name}_{:03}", rng.below(1000))
    } else {
        name
    }
}

fn english(rng: &mut Rng) -> String {
    let (first, second) = (rng.pick(ENGLISH), rng.pick(ENGLISH));
    format!("{first}-{second}-{:02}", rng.below(100))
}
