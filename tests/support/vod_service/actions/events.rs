//! Borrowing events from the queue, deleting them, and asking how the queue is set up.

use std::time::Instant;

use super::super::answer::{Acted, Members, Refusal};
use super::super::app::Mode;
use super::super::fault::Fault;
use super::super::parameters::invalid;
use super::super::queue::{BATCH, Borrowing};
use super::Asked;

pub(super) fn pull(asked: &Asked<'_>) -> Acted {
    let how = Borrowing {
        hidden_for: asked.world.settings.hidden_for,
        doubled: asked.plan.has(&Fault::Duplicate),
        visible: asked.plan.has(&Fault::Visible),
    };
    let events = asked.world.pull(asked.app, how)?;
    if events.is_empty() && !asked.plan.has(&Fault::EmptySet) {
        return Err(Refusal::new(
            "ResourceNotFound",
            "There is no event to pull.",
        ));
    }
    let set = format!("[{}]", events.join(","));
    Ok(Members::default().with_text("EventSet", &set))
}

pub(super) fn confirm(asked: &Asked<'_>) -> Acted {
    let handles = asked.parameters.texts("EventHandles")?;
    let missing = || Refusal::new("MissingParameter", "`EventHandles` is missing.");
    let handles = handles.ok_or_else(missing)?;
    if handles.is_empty() || handles.len() > BATCH {
        return Err(invalid("EventHandles", "it takes 1 to 16 handles"));
    }
    let now = Instant::now();
    asked
        .world
        .in_app(asked.app, |app| app.queue.confirm(&handles, now))?;
    Ok(Members::default())
}

pub(super) fn state(asked: &Asked<'_>) -> Acted {
    let waiting = asked
        .world
        .in_app(asked.app, |app| Ok(app.queue.visible_count()))?;
    Ok(Members::default().with("CountOfEventsToPull", &waiting))
}

pub(super) fn config(asked: &Asked<'_>) -> Acted {
    let (mode, url) = asked.world.in_app(asked.app, |app| {
        Ok((app.mode, app.notification_url.clone()))
    })?;
    let mode = match mode {
        Mode::Push => "PUSH",
        Mode::Pull => "PULL",
    };
    Ok(Members::default()
        .with("Mode", &mode)
        .with("NotificationUrl", &url)
        .with("UploadMediaCompleteEventSwitch", &"ON")
        .with("DeleteMediaCompleteEventSwitch", &"OFF")
        .with("PersistenceCompleteEventSwitch", &"OFF"))
}

/// Refused: a viewer must never change how an application tells of its events.
pub(super) fn modify_config(_: &Asked<'_>) -> Acted {
    let message = "This service lets nobody change the configuration.";
    Err(Refusal::new("UnsupportedOperation", message))
}
