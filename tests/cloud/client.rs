//! Calls: what is sent, and what is made of the answer.

use std::fs;

use serde_json::{Value, json};

use vodscope::job::Cancel;
use vodscope::model::{
    ApiError, CallFault, Credentials, ForeignKind, Lang, Origin, Profile, Secret, now_unix,
};
use vodscope::source::cloud::sign::{Signable, authorization};
use vodscope::source::cloud::{Action, Answer, Client, Pulled, test_profile};

use crate::server::{Seen, Server, Step, answer};

const ID: &str = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
const KEY: &str = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";

fn credentials(token: Option<&str>) -> Credentials {
    Credentials {
        secret_id: ID.to_owned(),
        secret_key: Secret::new(KEY),
        token: token.map(Secret::new),
        origin: Origin::Typed,
    }
}

fn profile(server: &Server) -> Profile {
    Profile {
        endpoint: server.url(),
        sub_app_id: Some(1_500_000_001),
        ..Profile::default()
    }
}

fn client(server: &Server) -> Client {
    Client::new(&profile(server), credentials(None)).unwrap()
}

fn call(server: &Server, action: Action) -> Result<Answer, CallFault> {
    client(server).call(action, json!({}), &Cancel::default())
}

fn sample(name: &str) -> String {
    let path = format!(
        "{}/assets/samples/formats/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    fs::read_to_string(path).unwrap()
}

fn body(seen: &Seen) -> Value {
    serde_json::from_slice(&seen.body).unwrap()
}

/// The signature the request should carry, from what arrived of it.
fn expected_signature(seen: &Seen) -> String {
    let header = |name| seen.header(name).unwrap();
    let signable = Signable {
        method: "POST",
        query: "",
        host: header("host"),
        content_type: header("content-type"),
        action: None,
        body: &seen.body,
        service: "vod",
        timestamp: header("x-tc-timestamp").parse().unwrap(),
    };
    authorization(&signable, ID, &Secret::new(KEY))
}

#[test]
fn a_call_is_signed_as_it_is_sent() {
    let server = Server::json([r#"{"Response":{"RequestId":"r"}}"#]);
    let params = json!({ "Limit": 100, "Status": "FINISH" });
    let cancel = Cancel::default();
    let answer = client(&server).call(Action::DescribeTasks, params, &cancel);
    assert_eq!(answer.unwrap().request_id, "r");
    let seen = &server.seen()[0];
    assert_eq!(seen.line, "POST / HTTP/1.1");
    assert_eq!(seen.header("x-tc-action"), Some("DescribeTasks"));
    assert_eq!(seen.header("x-tc-version"), Some("2018-07-17"));
    assert_eq!(seen.header("x-tc-language"), Some("en-US"));
    assert_eq!(seen.header("x-tc-token"), None);
    assert_eq!(seen.header("x-tc-region"), None);
    assert_eq!(
        seen.header("authorization"),
        Some(expected_signature(seen).as_str())
    );
    let sent = json!({ "Limit": 100, "Status": "FINISH", "SubAppId": 1_500_000_001 });
    assert_eq!(body(seen), sent);
    let sent_at: i64 = seen.header("x-tc-timestamp").unwrap().parse().unwrap();
    assert!((now_unix() - sent_at).abs() <= 5);
}

#[test]
fn token_region_and_language_are_sent_when_there_are_any() {
    let server = Server::json([r#"{"Response":{"RequestId":"r"}}"#]);
    let profile = Profile {
        sub_app_id: None,
        region: Some(" ap-guangzhou ".to_owned()),
        ..profile(&server)
    };
    let client = Client::new(&profile, credentials(Some("t0ken"))).unwrap();
    let cancel = Cancel::default();
    let answered = client
        .speaking(Lang::Zh)
        .call(Action::DescribeEventConfig, json!({}), &cancel);
    assert!(answered.is_ok());
    let seen = &server.seen()[0];
    assert_eq!(seen.header("x-tc-token"), Some("t0ken"));
    assert_eq!(seen.header("x-tc-region"), Some("ap-guangzhou"));
    assert_eq!(seen.header("x-tc-language"), Some("zh-CN"));
    assert_eq!(body(seen), json!({}));
}

#[test]
fn an_api_error_is_kept_with_its_request_and_the_clocks_difference() {
    let refused = r#"{"Response":{"Error":{"Code":"AuthFailure.SignatureExpire","Message":"old"},"RequestId":"r-9"}}"#;
    let headers = "Date: Tue, 14 Nov 2023 22:13:20 GMT\r\n";
    let server = Server::play([Step::Send(answer(200, headers, refused))]);
    let Err(CallFault::Api(error)) = call(&server, Action::DescribeTasks) else {
        panic!("an error was taken for an answer");
    };
    let ahead = error.clock_ahead_secs.unwrap();
    assert!((now_unix() - 1_700_000_000 - ahead).abs() <= 5, "{ahead}");
    let rest = ApiError {
        code: "AuthFailure.SignatureExpire".to_owned(),
        message: "old".to_owned(),
        request_id: "r-9".to_owned(),
        clock_ahead_secs: Some(ahead),
    };
    assert_eq!(error, rest);
}

#[test]
fn a_page_in_an_answers_place_is_kept_for_looking() {
    let page = "<html><body>Please log in</body></html>";
    let server = Server::play([Step::Send(answer(200, "Content-Type: text/html\r\n", page))]);
    let Err(CallFault::NotAnAnswer(foreign)) = call(&server, Action::PullEvents) else {
        panic!("a page was taken for an answer");
    };
    assert_eq!((foreign.status, foreign.kind), (200, ForeignKind::Html));
    assert_eq!(foreign.content_type, "text/html");
    assert_eq!(&*foreign.bytes, page.as_bytes());
}

#[test]
fn a_cancelled_call_is_not_sent() {
    let server = Server::json([r#"{"Response":{}}"#]);
    let cancel = Cancel::default();
    cancel.cancel();
    let called = client(&server).call(Action::PullEvents, json!({}), &cancel);
    assert_eq!(called, Err(CallFault::Cancelled));
    assert!(server.seen().is_empty());
}

#[test]
fn an_endpoint_elsewhere_must_be_secure() {
    let profile = Profile {
        endpoint: "http://vod.tencentcloudapi.com".to_owned(),
        ..Profile::default()
    };
    let refused = Client::new(&profile, credentials(None)).unwrap_err();
    assert!(
        matches!(refused, CallFault::BadEndpoint { .. }),
        "{refused:?}"
    );
}

#[test]
fn secrets_are_never_printed() {
    let server = Server::json([r#"{"Response":{}}"#]);
    let client = Client::new(&profile(&server), credentials(Some("t0ken"))).unwrap();
    let printed = format!("{client:?}");
    assert!(
        !printed.contains(KEY) && !printed.contains("t0ken"),
        "{printed}"
    );
}

#[test]
fn an_empty_queue_is_no_fault() {
    let server = Server::json([
        sample("api-error-empty-queue.json").as_str(),
        r#"{"Response":{"EventSet":null,"RequestId":"r-null"}}"#,
        r#"{"Response":{"EventSet":[],"RequestId":"r-none"}}"#,
        r#"{"Response":{"RequestId":"r-missing"}}"#,
    ]);
    let client = client(&server);
    for _ in 0..4 {
        let pulled = client.pull_events(&Cancel::default()).unwrap();
        assert!(matches!(pulled, Pulled::Empty { .. }), "{pulled:?}");
    }
}

#[test]
fn a_missing_service_is_no_empty_queue() {
    let missing = r#"{"Response":{"Error":{"Code":"ResourceNotFound.ServiceNotExist","Message":""},"RequestId":"r"}}"#;
    let server = Server::json([missing]);
    let pulled = client(&server).pull_events(&Cancel::default());
    assert!(matches!(pulled, Err(CallFault::Api(_))), "{pulled:?}");
}

#[test]
fn pulled_events_are_the_bytes_of_the_answer() {
    let text = sample("v3-pull-response.json");
    let server = Server::json([text.as_str()]);
    let Pulled::Events(answer) = client(&server).pull_events(&Cancel::default()).unwrap() else {
        panic!("the events were not seen");
    };
    assert_eq!(answer.body(), text.as_bytes());
    let parsed: Value = serde_json::from_str(&text).unwrap();
    let expected = parsed["Response"]["EventSet"].as_array().unwrap();
    let events = answer.events();
    assert_eq!(events.len(), expected.len());
    for (event, expected) in events.iter().zip(expected) {
        let raw = str::from_utf8(event.raw).unwrap();
        assert!(text.contains(raw));
        assert_eq!(serde_json::from_str::<Value>(raw).unwrap(), *expected);
        assert_eq!(event.handle, expected["EventHandle"].as_str().unwrap());
        assert!(
            raw.contains(&format!("\"{}\"", event.task_id)),
            "{}",
            event.task_id
        );
    }
}

#[test]
fn events_of_no_task_have_no_task_id() {
    let body = r#"{"Response":{"EventSet":[
        {"EventHandle":"h","EventType":"FileDeleted","FileDeleteEvent":{"FileIdSet":["1"]},"ProcedureStateChangeEvent":null},
        {"EventHandle":null,"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{"TaskId":"t-1"}}
    ],"RequestId":"r"}}"#;
    let server = Server::json([body]);
    let answer = call(&server, Action::PullEvents).unwrap();
    let seen: Vec<_> = answer
        .events()
        .iter()
        .map(|e| (e.handle, e.task_id))
        .collect();
    assert_eq!(seen, [("h", ""), ("", "t-1")]);
}

#[test]
fn a_page_of_tasks_says_where_the_next_begins() {
    let listed = sample("task-list.json");
    let last = r#"{"Response":{"TaskSet":null,"ScrollToken":null,"RequestId":"r"}}"#;
    let server = Server::json([listed.as_str(), last]);
    let client = client(&server);
    let next = || client.call(Action::DescribeTasks, json!({}), &Cancel::default());
    let answer = next().unwrap();
    let page = answer.task_page();
    let parsed: Value = serde_json::from_str(&listed).unwrap();
    let expected = parsed["Response"]["TaskSet"].as_array().unwrap();
    let ids: Vec<_> = page.tasks.iter().map(|task| task.task_id).collect();
    let expected_ids: Vec<_> = expected
        .iter()
        .map(|task| task["TaskId"].as_str().unwrap())
        .collect();
    assert_eq!(ids, expected_ids);
    for (task, expected) in page.tasks.iter().zip(expected) {
        let status = expected["Status"].as_str().unwrap();
        assert_eq!(task.has_ended(), ["FINISH", "ABORTED"].contains(&status));
        let raw: Value = serde_json::from_slice(task.raw).unwrap();
        assert_eq!(raw, *expected);
    }
    let answer = next().unwrap();
    assert_eq!(answer.task_page().scroll_token, None);
    assert!(answer.task_page().tasks.is_empty());
}

#[test]
fn numbers_may_be_written_as_strings() {
    let apps = r#"{"Response":{"TotalCount":"2","SubAppIdInfoSet":[
        {"SubAppId":"1500000001","SubAppIdName":null,"Name":"old name","Status":"On"},
        {"SubAppId":18446744073709551615,"SubAppIdName":"new"},
        {"SubAppId":null}],"RequestId":"r"}}"#;
    let state = r#"{"Response":{"CountOfEventsToPull":"17","RequestId":"r"}}"#;
    let server = Server::json([apps, state]);
    let client = client(&server);
    let answer = client.call(Action::DescribeSubAppIds, json!({}), &Cancel::default());
    let answer = answer.unwrap();
    assert_eq!(answer.total_count(), Some(2));
    let read: Vec<_> = answer
        .sub_apps()
        .into_iter()
        .map(|app| (app.id, app.name, app.status))
        .collect();
    let expected = [
        (1_500_000_001, "old name".to_owned(), "On".to_owned()),
        (u64::MAX, "new".to_owned(), String::new()),
    ];
    assert_eq!(read, expected);
    let answer = client.call(Action::DescribeEventsState, json!({}), &Cancel::default());
    assert_eq!(answer.unwrap().event_count(), Some(17));
}

#[test]
fn a_tasks_end_and_failure_are_seen() {
    let done = sample("task-detail-response.json");
    let running =
        r#"{"Response":{"Status":"PROCESSING","ProcedureTask":{"ErrCode":70000},"RequestId":"r"}}"#;
    let failed = r#"{"Response":{"Status":"FINISH","ProcedureTask":{"ErrCode":0,"MediaProcessResultSet":[{"TranscodeTask":{"Status":"FAIL","ErrCode":60000}}]},"RequestId":"r"}}"#;
    let server = Server::json([done.as_str(), running, failed]);
    let client = client(&server);
    let ended = || {
        let answer = client.call(Action::DescribeTaskDetail, json!({}), &Cancel::default());
        let answer = answer.unwrap();
        (answer.task_status().to_owned(), answer.task_failed())
    };
    assert_eq!(ended().0, "FINISH");
    assert_eq!(ended(), ("PROCESSING".to_owned(), false));
    assert_eq!(ended(), ("FINISH".to_owned(), true));
}

#[test]
fn files_and_those_that_do_not_exist_are_told_apart() {
    let body = r#"{"Response":{"MediaInfoSet":[{"FileId":"1", "x": 1e0}],"NotExistFileIdSet":["2",3],"RequestId":"r"}}"#;
    let server = Server::json([body]);
    let answer = call(&server, Action::DescribeMediaInfos).unwrap();
    assert_eq!(answer.media(), [br#"{"FileId":"1", "x": 1e0}"#]);
    assert_eq!(answer.unknown_files(), ["2", "3"]);
}

#[test]
fn testing_a_profile_asks_for_its_mode_and_its_applications() {
    let config = r#"{"Response":{"Mode":"PULL","NotificationUrl":"","UploadMediaCompleteEventSwitch":"ON","DeleteMediaCompleteEventSwitch":"OFF","RequestId":"r-c"}}"#;
    let apps = r#"{"Response":{"SubAppIdInfoSet":[{"SubAppId":1,"SubAppIdName":"main","Status":"On"}],"TotalCount":1,"RequestId":"r-a"}}"#;
    let server = Server::json([config, apps]);
    let tested = test_profile(&client(&server), &Cancel::default()).unwrap();
    assert_eq!(tested.config.mode, "PULL");
    let switch = |name: &str, state: &str| (name.to_owned(), state.to_owned());
    let switches = [
        switch("UploadMediaCompleteEventSwitch", "ON"),
        switch("DeleteMediaCompleteEventSwitch", "OFF"),
    ];
    assert_eq!(tested.config.switches, switches);
    assert_eq!(tested.sub_apps.unwrap()[0].name, "main");
    assert_eq!(
        (tested.request_id.as_str(), tested.masked_id.as_str()),
        ("r-c", "AKIDz8kr…MPLE")
    );
    let seen = server.seen();
    assert_eq!(body(&seen[0]), json!({ "SubAppId": 1_500_000_001 }));
    // The list of applications is the account's: it is not asked of one of them.
    assert_eq!(body(&seen[1]), json!({ "Offset": 0, "Limit": 200 }));
}

#[test]
fn a_profile_works_where_applications_cannot_be_listed() {
    let config = r#"{"Response":{"Mode":"PUSH","RequestId":"r-c"}}"#;
    let denied = r#"{"Response":{"Error":{"Code":"UnauthorizedOperation","Message":"no"},"RequestId":"r-a"}}"#;
    let server = Server::json([config, denied]);
    let tested = test_profile(&client(&server), &Cancel::default()).unwrap();
    assert_eq!(tested.config.mode, "PUSH");
    assert!(matches!(tested.sub_apps, Err(CallFault::Api(_))));
}

#[test]
fn applications_are_listed_to_the_last_page() {
    let page = |from: u64, count: u64| {
        let apps: Vec<_> = (from..from + count)
            .map(|id| json!({ "SubAppId": id }))
            .collect();
        json!({ "Response": { "SubAppIdInfoSet": apps, "RequestId": "r" } }).to_string()
    };
    let server = Server::json([page(0, 200).as_str(), page(200, 7).as_str()]);
    let apps = client(&server).sub_apps(&Cancel::default()).unwrap();
    assert_eq!(apps.len(), 207);
    assert_eq!(
        body(&server.seen()[1]),
        json!({ "Offset": 200, "Limit": 200 })
    );
}

#[test]
fn confirming_sends_the_handles() {
    let server = Server::json([r#"{"Response":{"RequestId":"r"}}"#]);
    let confirmed = client(&server).confirm_events(&["h1", "h2"], &Cancel::default());
    assert!(confirmed.is_ok());
    let sent = json!({ "EventHandles": ["h1", "h2"], "SubAppId": 1_500_000_001 });
    assert_eq!(body(&server.seen()[0]), sent);
}
