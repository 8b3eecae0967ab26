//! Who is let in, and to which application.

use serde_json::json;

use super::vod_service::{self, App, Client, Key, SUB_APP_ID, SubAppRule, sign};
use super::{call, client, code, now, quick, refused};

#[test]
fn only_the_right_key_token_and_time_are_let_in() {
    let temporary = Key {
        id: "AKIDtemporary".to_owned(),
        secret: "key".to_owned(),
        token: Some("token".to_owned()),
    };
    let service = quick().key(temporary.clone()).start().unwrap();
    let asked = |change: &dyn Fn(&mut Client)| {
        let mut client = client(&service);
        client.key = temporary.clone();
        change(&mut client);
        code(&client.call("DescribeEventConfig", &json!({})).unwrap())
    };
    assert_eq!(asked(&|_| ()), "none");
    assert_eq!(asked(&|client| client.ahead_secs = 290), "none");
    for (change, expected) in [
        (
            &(|client: &mut Client| client.key.secret = "other".to_owned()) as &dyn Fn(&mut Client),
            "AuthFailure.SignatureFailure",
        ),
        (
            &|client| client.key.id = "AKIDother".to_owned(),
            "AuthFailure.SecretIdNotFound",
        ),
        (
            &|client| client.key.token = None,
            "AuthFailure.TokenFailure",
        ),
        (
            &|client| client.ahead_secs = -310,
            "AuthFailure.SignatureExpire",
        ),
    ] {
        assert_eq!(asked(change), expected);
    }
}

#[test]
fn a_signature_does_not_fit_another_body() {
    let service = quick().start().unwrap();
    let request = client(&service).request("DescribeTasks", &json!({"Limit": 10}));
    let forged = request.replace(r#"{"Limit":10}"#, r#"{"Limit":11}"#);
    let answer = client(&service).send(forged.as_bytes()).unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.contains("AuthFailure.SignatureFailure"), "{answer}");
}

#[test]
fn a_clock_that_is_ahead_shows_in_the_date_and_refuses_signatures() {
    let service = quick().clock_ahead_secs(3600).start().unwrap();
    let request = client(&service).request("DescribeEventConfig", &json!({}));
    let answer = client(&service).send(request.as_bytes()).unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.contains("AuthFailure.SignatureExpire"), "{answer}");
    let date = answer
        .lines()
        .find_map(|line| line.strip_prefix("Date: "))
        .unwrap();
    let date = jiff::fmt::rfc2822::parse(&date.replace("GMT", "+0000")).unwrap();
    assert!((3590..3610).contains(&(date.timestamp().as_second() - now())));
}

#[test]
fn applications_have_queues_and_tasks_of_their_own() {
    let service = quick()
        .sub_app(SubAppRule::Required)
        .app(App::new(7, "other").sample_events(2))
        .start()
        .unwrap();
    let apps = call(&service, "DescribeSubAppIds", json!({}));
    assert_eq!(apps["TotalCount"], 2);
    assert_eq!(apps["SubAppIdInfoSet"][1]["SubAppIdName"], "other");
    let empty = refused(&service, "PullEvents", json!({"SubAppId": SUB_APP_ID}));
    assert_eq!(empty, "ResourceNotFound");
    let events = call(&service, "PullEvents", json!({"SubAppId": 7}));
    assert_eq!(events["EventSet"].as_array().unwrap().len(), 2);
    for parameters in [json!({}), json!({"SubAppId": 8})] {
        let refused = refused(&service, "PullEvents", parameters);
        assert_eq!(refused, "InvalidParameterValue.SubAppId");
    }
    let seen: Vec<_> = service.calls().iter().map(|call| call.sub_app_id).collect();
    assert_eq!(seen, [None, Some(SUB_APP_ID), Some(7), None, Some(8)]);
}

#[test]
fn unknown_actions_and_too_many_calls_are_refused() {
    let service = quick().rate_limit(3).start().unwrap();
    assert_eq!(
        refused(&service, "DescribeApplications", json!({})),
        "InvalidAction"
    );
    let codes: Vec<_> = (0..4)
        .map(|_| refused(&service, "DescribeTasks", json!({})))
        .collect();
    assert_eq!(codes, ["none", "none", "none", "RequestLimitExceeded"]);
}

#[test]
fn the_published_signature_is_computed() {
    let body =
        r#"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#;
    let signable = sign::Signable {
        service: "cvm",
        unix: 1_551_113_065,
        headers: &[
            ("content-type", "application/json; charset=utf-8"),
            ("host", "cvm.tencentcloudapi.com"),
        ],
        body: body.as_bytes(),
    };
    assert_eq!(
        signable.signature(vod_service::SECRET_KEY),
        "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
    );
}
