//! Why an address is not asked for, in both languages.

use vodscope::model::{Lang, Zone};
use vodscope::preview::Address;
use vodscope::text::{Text, pictures};

const BAD: [&str; 12] = [
    "http://a.example/\\x",
    "a.jpg",
    "file:///etc/passwd",
    "https://me@a.example/",
    "https:///x",
    "https://.../x",
    "https://[::1/x",
    "https://[::1]x/",
    "https://[zz]/",
    "https://a b/",
    "https://a.example:0/",
    "https://a.example:port/",
];

#[test]
fn every_reason_is_told_in_both_languages() {
    let long = format!("https://a.example/{}", "x".repeat(9000));
    for url in BAD.into_iter().chain([long.as_str()]) {
        let fault = Address::parse(url).unwrap_err();
        let why = |lang| pictures::fault(&fault, &Text::new(lang, Zone::Utc)).why;
        let (en, zh) = (why(Lang::En), why(Lang::Zh));
        assert!(en.contains(" (the URL") || en.contains(" (only"), "{en}");
        for english in ["URL's", " URL ", "only", "host"] {
            let after = zh.replace("URL 不允许", "");
            assert!(!after.contains(english), "{url}: {zh}");
        }
        assert!(zh.contains('（'), "{url}: {zh}");
    }
}
