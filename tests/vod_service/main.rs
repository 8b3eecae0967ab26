//! The loopback service keeps to what is documented of the cloud, so that tests which trust it
//! may be trusted.
#![expect(
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    clippy::unwrap_used,
    reason = "a helper that fails is a failed test, and parameters are written where they are used"
)]

use std::time::Duration;

use serde_json::{Value, json};
use vod_service::{Builder, Client, Service};

mod access;
mod faults;
mod pictures;
mod queue;
mod tasks;
#[path = "../support/vod_service/mod.rs"]
mod vod_service;
mod wire;

const MOMENT: Duration = Duration::from_millis(300);

/// A service that never lets a test wait long.
fn quick() -> Builder {
    Service::builder().long_poll(Duration::from_millis(50))
}

fn client(service: &Service) -> Client {
    Client::new(service.addr())
}

fn call(service: &Service, action: &str, parameters: Value) -> Value {
    client(service).call(action, &parameters).unwrap()
}

/// The error code of a call that must be refused.
fn refused(service: &Service, action: &str, parameters: Value) -> String {
    code(&call(service, action, parameters))
}

fn code(response: &Value) -> String {
    response["Error"]["Code"]
        .as_str()
        .unwrap_or("none")
        .to_owned()
}

fn pull(service: &Service) -> Vec<Value> {
    let response = call(service, "PullEvents", json!({}));
    response["EventSet"].as_array().cloned().unwrap_or_default()
}

fn handles(events: &[Value]) -> Value {
    events
        .iter()
        .map(|event| event["EventHandle"].clone())
        .collect()
}

fn confirm(service: &Service, events: &[Value]) -> Value {
    call(
        service,
        "ConfirmEvents",
        json!({"EventHandles": handles(events)}),
    )
}

fn now() -> i64 {
    vodscope::model::now_unix()
}
