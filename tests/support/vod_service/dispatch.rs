//! From a request to what goes back: faults, signature, limits, then the action itself.

use std::time::{Duration, Instant};

use super::actions::{self, Asked};
use super::answer::{Acted, Refusal, body};
use super::builder::SubAppRule;
use super::fault::{Fault, Plan};
use super::http::{Answer, Request};
use super::parameters::Parameters;
use super::verify::verify;
use super::world::{Call, World, no_such_app};

const PORTAL: &str = "<!DOCTYPE html><html><head><title>Wi-Fi login</title></head>\
<body><form action=\"/login\">Please sign in to use this network.</form></body></html>";

/// What is sent in answer to a request.
pub(super) enum Delivery {
    Whole(Answer),
    /// Names its whole length and breaks off half way.
    Half(Answer),
    Reset,
    /// The connection is closed.
    Nothing,
}

/// What to send, and how long to hold it back.
pub(super) fn dispatch(world: &World, request: &Request) -> (Delivery, Duration) {
    let action = request.header("x-tc-action").unwrap_or_default();
    let at = Instant::now();
    let plan = world.plan(action);
    let request_id = request_id(world);
    let parameters = Parameters::parse(&request.body);
    let (delivery, outcome) = match &plan.instead {
        Some(fault) => instead(fault, &request_id),
        None => deliver(
            &answer(world, request, &parameters, &plan),
            &plan,
            &request_id,
        ),
    };
    let sub_app_id = parameters
        .ok()
        .and_then(|known| known.number("SubAppId").ok());
    world.note(Call {
        action: action.to_owned(),
        at,
        sub_app_id: sub_app_id.flatten(),
        body: String::from_utf8_lossy(&request.body).into_owned(),
        outcome,
        request_id,
    });
    (delivery, plan.latency)
}

/// The answer of an action that was taken, or what became of it on its way.
fn deliver(acted: &Acted, plan: &Plan, request_id: &str) -> (Delivery, String) {
    let answer = Answer::json(body(acted, request_id));
    let outcome = match acted {
        Ok(_) => "ok".to_owned(),
        Err(Refusal { code, .. }) => code.clone(),
    };
    if plan.has(&Fault::Lost) {
        (Delivery::Reset, format!("{outcome}, answer lost"))
    } else if plan.has(&Fault::Truncated) {
        (Delivery::Half(answer), format!("{outcome}, answer cut off"))
    } else {
        (Delivery::Whole(answer), outcome)
    }
}

fn instead(fault: &Fault, request_id: &str) -> (Delivery, String) {
    let whole = |answer, outcome: &str| (Delivery::Whole(answer), outcome.to_owned());
    match fault {
        Fault::Api { code, message } => {
            let refused = Err(Refusal::new(code, message.as_str()));
            whole(Answer::json(body(&refused, request_id)), code)
        }
        Fault::Status(status) => {
            let page = format!("<html><body><h1>{status}</h1><hr>gateway</body></html>");
            whole(Answer::page(*status, &page), &format!("HTTP {status}"))
        }
        Fault::Portal => whole(Answer::page(200, PORTAL), "portal"),
        Fault::Garbage => {
            let garbage = "\u{1}\u{2}{\"Respo nse\": <nothing of use>";
            whole(Answer::json(garbage.to_owned()), "garbage")
        }
        Fault::Close => (Delivery::Nothing, "closed".to_owned()),
        _ => (Delivery::Reset, "reset".to_owned()),
    }
}

fn answer(
    world: &World,
    request: &Request,
    parameters: &Result<Parameters, Refusal>,
    plan: &Plan,
) -> Acted {
    let Some(name) = request.header("x-tc-action") else {
        let message = "The request misses the header `X-TC-Action`.";
        return Err(Refusal::new("MissingParameter", message));
    };
    verify(request, &world.settings.keys, world.now_unix())?;
    let action = actions::find(name)?;
    world.limit_rate(name)?;
    let parameters = parameters.as_ref().map_err(Clone::clone)?;
    parameters.only(action.parameters)?;
    let app = match action.needs_app {
        actions::NeedsApp::Yes => app_of(world, parameters)?,
        actions::NeedsApp::No => 0,
    };
    (action.act)(&Asked {
        world,
        app,
        parameters,
        plan,
    })
}

fn app_of(world: &World, parameters: &Parameters) -> Result<u64, Refusal> {
    let mut state = world.lock();
    match parameters.number("SubAppId")? {
        Some(id) => Ok(state.app(id)?.id),
        None if world.settings.sub_app == SubAppRule::Required => Err(no_such_app("it is missing")),
        None => {
            let first = state.apps.first().map(|app| app.id);
            first.ok_or_else(|| no_such_app("there is none"))
        }
    }
}

/// In the shape of a UUID.
fn request_id(world: &World) -> String {
    let digits = world.hex(32);
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    [
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32),
    ]
    .join("-")
}
