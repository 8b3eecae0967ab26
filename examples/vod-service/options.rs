//! What the service is asked for on its command line.

use std::net::SocketAddr;
use std::time::Duration;

use clap::Parser;

use crate::vod_service::FaultRule;

/// A loopback video service with sample data, to try live pulling on.
#[derive(Debug, Parser)]
#[command(name = "vod-service")]
pub(crate) struct Options {
    /// Where to listen; port 0 takes any free one
    #[arg(long, default_value = "127.0.0.1:9080", value_parser = loopback)]
    pub(crate) addr: SocketAddr,
    /// Tasks of the last three days
    #[arg(long, default_value_t = 500)]
    pub(crate) tasks: usize,
    /// Of these, tasks that still run; each ends when it is asked for three times
    #[arg(long, default_value_t = 3)]
    pub(crate) running: usize,
    /// Events that wait in the queue
    #[arg(long, default_value_t = 40)]
    pub(crate) events: u64,
    /// New events a second, each with its task; 0 for none
    #[arg(long, default_value_t = 0.0, value_parser = rate)]
    pub(crate) events_per_second: f64,
    /// What goes wrong, may be repeated: ACTION:FAULT[:COUNT|:N%], as in PullEvents:reset:3 or
    /// *:latency=800ms:20%. Faults: error=CODE, status=N, portal, garbage, reset, close,
    /// latency=TIME, truncated, lost, duplicate, visible, empty-set
    #[arg(long, value_name = "FAULT")]
    pub(crate) fault: Vec<FaultRule>,
    /// Calls of one action that are answered within a second
    #[arg(long, default_value_t = 100)]
    pub(crate) rate_limit: usize,
    /// Refuse calls without a SubAppId, as for accounts made since 2023-12-25
    #[arg(long)]
    pub(crate) require_sub_app_id: bool,
    /// Seconds by which the service's clock is ahead of this machine's
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    pub(crate) clock_ahead: i64,
    /// Leave the pictures' addresses as they are in the samples, where nobody answers, and serve
    /// none
    #[arg(long)]
    pub(crate) no_pictures: bool,
    /// Decides ids and chances
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Send callbacks there in place of queueing, once a second unless told otherwise
    #[arg(long, value_name = "URL", value_parser = plain_http)]
    pub(crate) push_to: Option<String>,
    /// Sign the callbacks with this key
    #[arg(long, value_name = "KEY", requires = "push_to")]
    pub(crate) sign_key: Option<String>,
}

impl Options {
    /// The time between two new events; `None` when there are none.
    pub(crate) fn every(&self) -> Option<Duration> {
        (self.events_per_second > 0.0)
            .then(|| Duration::from_secs_f64(1.0 / self.events_per_second))
    }
}

/// The service knows one public key and must not be offered to a network.
fn loopback(text: &str) -> Result<SocketAddr, String> {
    let addr: SocketAddr = text.parse().or(Err("no address and port"))?;
    if addr.ip().is_loopback() {
        Ok(addr)
    } else {
        Err("only addresses of this machine, such as 127.0.0.1".to_owned())
    }
}

fn rate(text: &str) -> Result<f64, String> {
    let rate = text.parse::<f64>().ok();
    let rate = rate.filter(|rate| *rate == 0.0 || (0.001..=100_000.0).contains(rate));
    rate.ok_or_else(|| "0, or a number from 0.001 to 100000".to_owned())
}

fn plain_http(text: &str) -> Result<String, String> {
    if text.starts_with("http://") {
        Ok(text.to_owned())
    } else {
        Err("only http:// URLs".to_owned())
    }
}
