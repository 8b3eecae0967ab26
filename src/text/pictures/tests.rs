//! Every fault is told in both languages, and tells what helps.

use std::net::IpAddr;

use super::*;
use crate::model::{NetworkFault, Zone};

fn en() -> Text {
    Text::new(Lang::En, Zone::Beijing)
}

fn zh() -> Text {
    Text::new(Lang::Zh, Zone::Beijing)
}

fn owned(text: &str) -> String {
    text.to_owned()
}

fn all() -> Vec<PictureFault> {
    let host = owned("img.savanna-doc.cn");
    let kinds = [
        NetworkFault::Dns,
        NetworkFault::Connect,
        NetworkFault::Tls,
        NetworkFault::Timeout,
        NetworkFault::Reset,
        NetworkFault::Proxy,
        NetworkFault::Other,
    ];
    let network = kinds.map(|kind| PictureFault::Network {
        kind,
        why: owned("os error 111"),
    });
    let statuses = [400, 401, 407, 429, 500, 503].map(|status| PictureFault::Status { status });
    let mut all = vec![
        PictureFault::Off,
        PictureFault::NotAllowed {
            host: host.clone(),
            redirected: false,
        },
        PictureFault::NotAllowed {
            host: host.clone(),
            redirected: true,
        },
        PictureFault::Denied { host: host.clone() },
        PictureFault::Private {
            host,
            address: IpAddr::from([10, 0, 0, 8]),
        },
        PictureFault::BadUrl {
            why: owned("it names no host"),
        },
        PictureFault::TooManyRedirects,
        PictureFault::Forbidden {
            said: owned("denied by Referer ACL"),
        },
        PictureFault::Gone { status: 404 },
        PictureFault::Gone { status: 410 },
        PictureFault::Expired {
            unix: 1_795_240_683,
        },
        PictureFault::NotPicture {
            content_type: owned("text/html; charset=utf-8"),
            bytes: 312,
            starts: owned("<html>"),
        },
        PictureFault::NotShown {
            format: PictureFormat::Avif,
        },
        PictureFault::TooManyBytes { limit: 20 << 20 },
        PictureFault::TooManyPixels {
            width: 60_000,
            height: 60_000,
        },
        PictureFault::Damaged {
            why: owned("unexpected end"),
        },
        PictureFault::Incomplete { bytes: 1_200 },
        PictureFault::TooSlow { secs: 10 },
    ];
    all.extend(network);
    all.extend(statuses);
    all
}

fn told(explained: &Explained) -> [&String; 4] {
    let Explained {
        title,
        brief,
        why,
        next,
        ..
    } = explained;
    [title, brief, why, next]
}

#[test]
fn every_fault_says_what_happened_why_and_what_to_do() {
    for one in all() {
        for text in [en(), zh()] {
            let explained = fault(&one, &text);
            assert!(!explained.title.is_empty(), "{one:?}");
            let end = text.lang.pick('.', '。');
            for sentence in [&explained.why, &explained.next] {
                assert!(sentence.ends_with(end), "{one:?}: {sentence}");
                assert!(!sentence.contains(['!', '！']), "{sentence}");
            }
        }
    }
}

#[test]
fn no_two_faults_are_told_alike() {
    let mut known = std::collections::BTreeSet::new();
    for one in all() {
        assert!(known.insert(fault(&one, &en()).why), "{one:?}");
    }
}

#[test]
fn both_languages_offer_the_same_step() {
    for one in all() {
        let (en, zh) = (fault(&one, &en()), fault(&one, &zh()));
        assert_eq!(en.remedy, zh.remedy, "{one:?}");
        assert_eq!(en.brief.is_empty(), zh.brief.is_empty(), "{one:?}");
    }
}

#[test]
fn what_may_pass_offers_to_retry() {
    for one in all().into_iter().filter(PictureFault::may_pass) {
        assert_eq!(fault(&one, &en()).remedy, Remedy::Retry, "{one:?}");
    }
}

#[test]
fn titles_and_reasons_fit_into_a_tile() {
    for one in all() {
        for text in [en(), zh()] {
            let Explained { title, brief, .. } = fault(&one, &text);
            assert!(title.chars().count() <= 22, "{title}");
            assert!(brief.chars().count() <= 26, "{brief}");
        }
    }
}

#[test]
fn chinese_stands_apart_from_latin_and_uses_its_own_marks() {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for one in all() {
        let explained = fault(&one, &zh());
        for part in told(&explained) {
            let chars: Vec<char> = part.chars().collect();
            for pair in chars.windows(2) {
                let touching = (han(pair[0]) && pair[1].is_ascii_alphanumeric())
                    || (pair[0].is_ascii_alphanumeric() && han(pair[1]));
                assert!(!touching, "{part}");
            }
            assert!(!part.contains("; "), "{part}");
        }
    }
}

#[test]
fn a_refusal_names_both_settings_that_can_help() {
    let refused = PictureFault::Forbidden {
        said: owned("denied by Referer ACL"),
    };
    let explained = fault(&refused, &en());
    assert_eq!(explained.remedy, Remedy::HostSettings);
    assert!(explained.why.ends_with("(denied by Referer ACL)."));
    assert!(explained.next.contains("give the host a Referer"));
    assert!(explained.next.contains("with key protection, its key"));
}

#[test]
fn limits_are_told_with_their_numbers() {
    let [bytes, pixels] = [
        PictureFault::TooManyBytes { limit: 20 << 20 },
        PictureFault::TooManyPixels {
            width: 60_000,
            height: 60_000,
        },
    ]
    .map(|one| fault(&one, &en()).why);
    assert!(bytes.contains("20 MiB"), "{bytes}");
    assert!(pixels.contains("60000×60000"), "{pixels}");
    assert!(pixels.contains("3,600 megapixels"), "{pixels}");
}

#[test]
fn an_expiry_is_told_in_the_chosen_zone() {
    let gone = PictureFault::Expired {
        unix: 1_795_240_683,
    };
    let told = fault(&gone, &zh()).why;
    assert!(told.contains("2026-11-21 13:58:03 +08:00"), "{told}");
}

#[test]
fn a_page_in_a_picture_s_place_is_quoted() {
    let page = PictureFault::NotPicture {
        content_type: owned("text/html; charset=utf-8"),
        bytes: 312,
        starts: owned("<!DOCTYPE html>"),
    };
    let explained = fault(&page, &en());
    assert_eq!(explained.brief, "text/html, 312 B");
    let why = "312 B of text/html came, beginning with “<!DOCTYPE html>”. Its bytes are those of no picture.";
    assert_eq!(explained.why, why);
    let nothing = PictureFault::NotPicture {
        content_type: String::new(),
        bytes: 0,
        starts: String::new(),
    };
    let why = fault(&nothing, &en()).why;
    assert_eq!(why, "0 B came. Its bytes are those of no picture.");
}

#[test]
fn an_address_in_a_url_is_told_once() {
    let private = |host: &str, address: [u8; 4]| PictureFault::Private {
        host: owned(host),
        address: IpAddr::from(address),
    };
    let named = fault(&private("cdn.evil.cn", [10, 0, 0, 8]), &en()).why;
    assert!(
        named.starts_with("cdn.evil.cn (10.0.0.8) is not"),
        "{named}"
    );
    let bare = fault(&private("127.0.0.1", [127, 0, 0, 1]), &en()).why;
    assert!(bare.starts_with("127.0.0.1 is not"), "{bare}");
}

#[test]
fn what_was_tried_already_is_told() {
    let mut rule = HostRule::default();
    assert_eq!(tried(Lang::En, &rule), None);
    rule.referer = owned("http://www.savanna.cn/");
    let told = tried(Lang::En, &rule).unwrap();
    let wanted = "It was asked with Referer http://www.savanna.cn/, which was not enough.";
    assert_eq!(told, wanted);
    rule.signed = true;
    let told = tried(Lang::Zh, &rule).unwrap();
    let wanted = "请求已带上 Referer http://www.savanna.cn/ 和签名密钥，仍被拒绝。";
    assert_eq!(told, wanted);
}

#[test]
fn a_referer_of_https_is_not_said_to_have_gone_everywhere() {
    let mut rule = HostRule {
        referer: owned("https://a.cn/"),
        ..HostRule::default()
    };
    let told = tried(Lang::En, &rule).unwrap();
    let wanted =
        "It was asked with Referer https://a.cn/ (to https addresses only), which was not enough.";
    assert_eq!(told, wanted);
    rule.signed = true;
    let told = tried(Lang::Zh, &rule).unwrap();
    let wanted = "请求已带上 Referer https://a.cn/（仅发往 https 地址）和签名密钥，仍被拒绝。";
    assert_eq!(told, wanted);
}

#[test]
fn reasons_are_told_in_the_language_of_the_rest() {
    let bad = PictureFault::BadUrl {
        why: owned("the URL carries a user name"),
    };
    assert!(
        fault(&bad, &en())
            .why
            .contains("(the URL carries a user name)")
    );
    assert!(fault(&bad, &zh()).why.contains("（地址中带有用户名）"));
}

#[test]
fn a_name_that_only_the_proxy_knows_offers_to_let_the_proxy_look_it_up() {
    let unchecked = PictureFault::Network {
        kind: NetworkFault::Dns,
        why: format!("{UNCHECKED}no such name"),
    };
    let told = fault(&unchecked, &en());
    assert_eq!(told.remedy, Remedy::HostSettings);
    assert!(told.why.contains("proxy") && told.why.contains("(no such name)"));
    assert!(told.next.contains("the proxy then looks its name up"));
    let told = fault(&unchecked, &zh());
    assert!(told.why.contains("代理") && told.why.contains("（no such name）"));
    let plain = PictureFault::Network {
        kind: NetworkFault::Dns,
        why: owned("no such name"),
    };
    assert_eq!(fault(&plain, &en()).remedy, Remedy::Retry);
}

#[test]
fn budgets_are_told_in_powers_of_two() {
    let told = [256 << 20, 1 << 30, 1_610_612_736, 1_500_000].map(budget);
    assert_eq!(told, ["256 MiB", "1 GiB", "1.5 GiB", "1.4 MiB"]);
}

#[test]
fn progress_tells_the_whole_where_it_is_known() {
    let part = received(Lang::En, 1_200_000, Some(3_400_000));
    assert_eq!(part, "1.2 MB of 3.4 MB");
    assert_eq!(received(Lang::Zh, 1_200, None), "1.2 kB");
    assert_eq!(position(Lang::Zh, 3, 12), "第 3 张，共 12 张");
}
