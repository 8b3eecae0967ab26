//! A video service on this machine to try live pulling on, without an account: sample tasks, a
//! queue of events, new ones now and then, and faults on demand.

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser as _;
use vodscope::job::Cancel;
use vodscope::model::now_unix;

use options::Options;
use vod_service::{Builder, Call, SECRET_ID, SECRET_KEY, SUB_APP_ID, Service, SubAppRule, sample};

mod options;
mod push;
#[path = "../../tests/support/vod_service/mod.rs"]
mod vod_service;

fn main() -> ExitCode {
    let options = Options::parse();
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Cannot run the service: {error}\nAddress: {}", options.addr);
            ExitCode::FAILURE
        }
    }
}

/// Serves until the program is ended.
fn run(options: &Options) -> io::Result<()> {
    let service = builder(options).log(log).start()?;
    if !options.no_pictures {
        show_pictures(&service);
    }
    introduce(&service, options)?;
    let forever = Cancel::default();
    if let Some(target) = &options.push_to {
        let mut sender = push::Sender::new(target, options.sign_key.as_deref());
        if !options.no_pictures {
            sender.point_at(service.endpoint());
        }
        return sender.run(options.every(), &forever);
    }
    while forever.sleep(Duration::from_hours(1)) {}
    Ok(())
}

fn builder(options: &Options) -> Builder {
    let rule = if options.require_sub_app_id {
        SubAppRule::Required
    } else {
        SubAppRule::First
    };
    let builder = Service::builder()
        .addr(options.addr)
        .seed(options.seed)
        .sub_app(rule)
        .rate_limit(options.rate_limit)
        .clock_ahead_secs(options.clock_ahead)
        .main_app(|app| {
            let app = app.sample_tasks(options.tasks, options.running);
            match (&options.push_to, options.every()) {
                (Some(url), _) => app.pushing_to(url),
                (None, None) => app.sample_events(options.events),
                (None, Some(every)) => app.sample_events(options.events).arriving(every, u64::MAX),
            }
        });
    let builder = if options.no_pictures {
        builder
    } else {
        builder.pictures()
    };
    let faults = options.fault.iter().cloned();
    faults.fold(builder, Builder::fault)
}

/// Adds the events that have most to show.
fn show_pictures(service: &Service) {
    for (event, task) in sample::showcase(now_unix()) {
        service.push_event(&event);
        if let Some(task) = task {
            service.add_task(task);
        }
    }
}

/// What to paste elsewhere to see something.
fn introduce(service: &Service, options: &Options) -> io::Result<()> {
    let endpoint = service.endpoint();
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "A sample video service answers at {endpoint}\n\
         with {} tasks, {} events and the application {SUB_APP_ID}. In another terminal:\n\n\
         export TENCENTCLOUD_SECRET_ID={SECRET_ID}\n\
         export TENCENTCLOUD_SECRET_KEY={SECRET_KEY}\n\
         vodscope pull --endpoint {endpoint} --source tasks --since 72h\n\
         vodscope pull --endpoint {endpoint} --source queue\n\n\
         The keys are the public documentation's example; they open nothing. Ctrl-C ends this.\n",
        options.tasks, options.events,
    )
}

/// One line a call.
fn log(call: &Call) {
    let app = call.sub_app_id.map(|id| format!(" SubAppId {id}"));
    let line = format!(
        "{} {:<20} {} ({}){}",
        jiff::Zoned::now().strftime("%H:%M:%S"),
        call.action,
        call.outcome,
        call.request_id,
        app.unwrap_or_default(),
    );
    // Nobody may be reading any more; the service goes on.
    let _written = writeln!(io::stdout().lock(), "{line}");
}
