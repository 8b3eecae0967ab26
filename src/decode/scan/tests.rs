use super::skip::{container_end, past_blanks, scalar_end};
use super::{DEPTH_LIMIT, Fault, Kind, ScanError, Scanner, expected};

fn check(text: &str) -> Result<(), ScanError> {
    let mut scanner = Scanner::new(text);
    scanner.skip_value()?;
    scanner.finish()
}

fn fault(text: &str) -> (usize, Fault) {
    let error = check(text).unwrap_err();
    (error.offset, error.fault)
}

#[test]
fn valid_json_passes() {
    for text in [
        "{}",
        " [ ] ",
        "0",
        "-1.5e+10",
        "\"\\u00e9\\n\\\"\"",
        "[true,false,null,{\"a\":[1,{}],\"b\":\"动物世界\"}]",
    ] {
        assert_eq!(check(text), Ok(()), "{text}");
    }
}

#[test]
fn faults_name_their_exact_place() {
    let want = |offset, words| (offset, Fault::Expected(words));
    assert_eq!(fault("{\"a\" 1}"), want(5, expected::COLON));
    assert_eq!(
        fault("{\"a\":1 \"b\":2}"),
        want(7, expected::COMMA_OR_BRACE)
    );
    assert_eq!(fault("{\"a\":1,}"), want(7, expected::NAME));
    assert_eq!(fault("[1,]"), want(3, expected::VALUE));
    assert_eq!(fault("[1}"), want(2, expected::COMMA_OR_BRACKET));
    assert_eq!(fault("[,1]"), want(1, expected::VALUE));
    assert_eq!(fault("012"), want(1, expected::END));
    assert_eq!(fault("1.x"), want(2, expected::DIGIT));
    assert_eq!(fault("nul1"), want(0, expected::VALUE));
    assert_eq!(fault("\"a\\x\""), want(3, expected::ESCAPE));
    assert_eq!(fault("\"a\nb\""), want(2, expected::NO_CONTROL));
    assert_eq!(fault("\"\u{0}\""), want(1, expected::NO_CONTROL));
}

#[test]
fn cut_off_text_names_what_it_stopped_in() {
    let cut = |offset, inside| (offset, Fault::CutOff { inside });
    assert_eq!(fault("{\"a\":\"b"), cut(7, "string"));
    assert_eq!(fault("{\"a\":"), cut(5, "object"));
    assert_eq!(fault("[1,2"), cut(4, "array"));
    assert_eq!(fault("[{}, -"), cut(6, "number"));
    assert_eq!(fault("tru"), cut(3, "value"));
    assert_eq!(fault(""), cut(0, "value"));
    assert_eq!(fault("\"\\u12"), cut(5, "string"));
}

#[test]
fn depth_is_limited_without_recursion() {
    let limit = usize::try_from(DEPTH_LIMIT).unwrap();
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(check(&nested(limit)), Ok(()));
    assert_eq!(fault(&nested(limit + 1)), (limit, Fault::TooDeep));
    assert_eq!(fault(&nested(200_000)), (limit, Fault::TooDeep));
    let mixed = format!("{}1{}", "{\"a\":[".repeat(512), "]}".repeat(512));
    assert_eq!(check(&mixed), Ok(()));
}

#[test]
fn special_bytes_are_found_at_every_alignment() {
    for pad in 0..40 {
        let plain = "é".repeat(pad / 2) + &"x".repeat(pad % 2);
        assert_eq!(check(&format!("\"{plain}\"")), Ok(()), "{pad}");
        let at = plain.len() + 1;
        let broken = format!("\"{plain}\u{1f}0123456789\"");
        assert_eq!(
            fault(&broken),
            (at, Fault::Expected(expected::NO_CONTROL)),
            "{pad}"
        );
    }
}

/// Where the value ends, as far as a quick look tells.
fn quick_end(text: &str) -> Option<usize> {
    let at = past_blanks(text.as_bytes(), 0);
    match text.as_bytes().get(at)? {
        b'{' | b'[' => container_end(text.as_bytes(), at),
        _ => scalar_end(text.as_bytes(), at),
    }
}

/// Where the value ends, as far as reading step by step tells.
fn exact_end(text: &str) -> Option<usize> {
    let mut scanner = Scanner::new(text);
    scanner.skip_exactly().ok().map(|()| scanner.offset())
}

#[test]
fn a_quick_look_and_one_step_by_step_agree_on_every_damage() {
    let text =
        r#" {"a": -0.5e+7,"b":[1, {} ,[ ],"x\u00e9\"y"],"c":{"d":null,"e":true},"f":false} "#;
    for at in 0..text.len() {
        let (before, after) = text.split_at(at);
        assert_eq!(quick_end(before), exact_end(before), "{before}");
        for new in "{}[]\",:0.eE+-x \\\u{1}é".chars() {
            let inserted = format!("{before}{new}{after}");
            assert_eq!(quick_end(&inserted), exact_end(&inserted), "{inserted}");
            let replaced = format!("{before}{new}{}", &after[1..]);
            assert_eq!(quick_end(&replaced), exact_end(&replaced), "{replaced}");
        }
    }
}

#[test]
fn members_and_items_are_pulled_in_order() {
    let mut scanner = Scanner::new(r#"{"a":[1,"x"],"\u0062":{},"c":-2.50}"#);
    scanner.enter_object().unwrap();
    assert!(scanner.next_member().unwrap().unwrap().is("a"));
    scanner.enter_array().unwrap();
    assert!(scanner.next_item().unwrap());
    assert_eq!(scanner.number().unwrap(), "1");
    assert!(scanner.next_item().unwrap());
    assert_eq!(scanner.string().unwrap().raw, "x");
    assert!(!scanner.next_item().unwrap());
    assert!(scanner.next_member().unwrap().unwrap().is("b"));
    scanner.skip_value().unwrap();
    assert!(scanner.next_member().unwrap().unwrap().is("c"));
    assert_eq!(scanner.peek().unwrap(), Kind::Number);
    assert_eq!(scanner.number().unwrap(), "-2.50");
    assert_eq!(scanner.next_member().unwrap(), None);
    assert_eq!(scanner.finish(), Ok(()));
}
