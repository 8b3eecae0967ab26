//! Signed callbacks.

use md5::{Digest as _, Md5};
use vodscope::model::{Reason, Refusal, now_unix};

use crate::client::post;
use crate::fixture::{Told, start_with};

const KEY: &str = "abc123";

fn signed(key: &str, time: i64) -> String {
    let hash = Md5::digest(format!("{key}{time}"));
    let sign = hash
        .iter()
        .fold(String::new(), |sign, byte| sign + &format!("{byte:02X}"));
    format!(r#"{{"EventType":"FileDeleted","FileDeleteEvent":{{}},"Sign":"{sign}","T":{time}}}"#)
}

fn listed(told: &Told) -> Vec<&'static str> {
    let reasons = told.refusals().into_iter().map(|why| match why {
        Refusal::BadSign => "bad",
        Refusal::Expired { .. } => "expired",
        Refusal::FromTheFuture { .. } => "future",
        _ => "other",
    });
    reasons.collect()
}

#[test]
fn only_callbacks_with_the_right_signature_are_taken() {
    let fixture = start_with(Some(KEY), super::fixture::hasty());
    let now = now_unix();
    let good = [signed(KEY, now + 600), signed(KEY, now - 200)];
    for body in &good {
        assert_eq!(post(fixture.addr, body.as_bytes()), 200, "{body}");
    }
    let bad = [
        (signed("other", now + 600), "bad"),
        (
            r#"{"EventType":"FileDeleted","FileDeleteEvent":{}}"#.to_owned(),
            "bad",
        ),
        ("no JSON".to_owned(), "bad"),
        (signed(KEY, now - 400), "expired"),
        (signed(KEY, now + 90_000), "future"),
    ];
    for (body, _) in &bad {
        assert_eq!(post(fixture.addr, body.as_bytes()), 401, "{body}");
    }
    let told = fixture.end();
    assert_eq!(listed(&told), bad.each_ref().map(|(_, why)| *why));
    assert_eq!(told.refused(), bad.len() as u64);
    let stored: Vec<_> = fixture.records().into_iter().map(|one| one.bytes).collect();
    assert_eq!(
        stored,
        good.each_ref().map(|body| body.clone().into_bytes())
    );
    let first = told
        .problems
        .iter()
        .find(|one| matches!(one.reason, Reason::Refused { .. }));
    assert_eq!(first.unwrap().excerpt, bad[0].0[..bad[0].0.len().min(200)]);
}

#[test]
fn without_a_key_nothing_is_checked() {
    let fixture = start_with(Some(" "), super::fixture::hasty());
    assert_eq!(post(fixture.addr, signed("other", 1).as_bytes()), 200);
}
