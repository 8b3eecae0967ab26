//! From a request to what goes back: faults, signature, limits, then the action itself.

use std::time::{Duration, Instant};

use super::actions::{self, Asked};
use super::answer::{Acted, Refusal, body};
use super::builder::SubAppRule;
use super::fault::{Fault, Plan};
use super::http::{Answer, Request};
use super::parameters::Parameters;
use super::pictures::{self, with_own_pictures};
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
    if world.settings.pictures
        && let Some((answer, latency)) = pictures::answer(request)
    {
        note_picture(world, request, answer.status);
        return (Delivery::Whole(answer), latency);
    }
    let action = request.header("x-tc-action").unwrap_or_default();
    let at = Instant::now();
    let asked = String::from_utf8_lossy(&request.body).into_owned();
    let plan = world.plan(action, &asked);
    let request_id = request_id(world);
    let parameters = Parameters::parse(&request.body);
    let (delivery, outcome) = if let Some(fault) = &plan.instead {
        instead(fault, &request_id)
    } else {
        let acted = answer(world, request, &parameters, &plan);
        let text = localized(world, request, body(&acted, &request_id));
        deliver(&acted, text, &plan)
    };
    let sub_app_id = parameters
        .ok()
        .and_then(|known| known.number("SubAppId").ok());
    world.note(Call {
        action: action.to_owned(),
        at,
        sub_app_id: sub_app_id.flatten(),
        body: asked,
        outcome,
        request_id,
    });
    (delivery, plan.latency)
}

/// The answer of an action that was taken, or what became of it on its way.
fn deliver(acted: &Acted, text: String, plan: &Plan) -> (Delivery, String) {
    let answer = Answer::json(text);
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

/// The answer's text, whose pictures are where the caller found this service.
fn localized(world: &World, request: &Request, text: String) -> String {
    match request.header("host") {
        Some(host) if world.settings.pictures => {
            with_own_pictures(&text, &format!("http://{host}"))
        }
        _ => text,
    }
}

/// A picture is no call of the API, but whoever listens sees it asked for.
fn note_picture(world: &World, request: &Request, status: u16) {
    world.note(Call {
        action: "picture".to_owned(),
        at: Instant::now(),
        sub_app_id: None,
        body: String::new(),
        outcome: format!("{status} {}", request.path),
        request_id: request_id(world),
    });
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
