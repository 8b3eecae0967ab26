//! One connection: requests one after another, until either side has enough.

use std::io::{self, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use socket2::SockRef;
use vodscope::job::Cancel;

use super::clock::http_date;
use super::dispatch::{Delivery, dispatch};
use super::http::{Answer, Inbox, LOOK, NoRequest};
use super::world::World;

pub(super) fn serve(stream: &TcpStream, world: &World, cancel: &Cancel) {
    let prepared = stream
        .set_read_timeout(Some(LOOK))
        .and_then(|()| stream.set_nodelay(true));
    if prepared.is_err() {
        return;
    }
    let mut inbox = Inbox::new(stream, cancel);
    loop {
        let request = match inbox.next() {
            Ok(request) => request,
            Err(why) => return refuse(stream, world, why),
        };
        let (delivery, latency) = dispatch(world, &request);
        if !cancel.sleep(latency) {
            return;
        }
        let stays = deliver(stream, &delivery, &http_date(world.now_unix()));
        if !stays.is_ok_and(|stays| stays) || !request.keeps_alive() {
            return;
        }
    }
}

/// Sends what is to be sent; says whether the connection can be used again.
fn deliver(mut stream: &TcpStream, delivery: &Delivery, date: &str) -> io::Result<bool> {
    match delivery {
        Delivery::Whole(answer) => {
            stream.write_all(&whole(answer, date))?;
            Ok(true)
        }
        Delivery::Half(answer) => {
            let half = answer.body.len() / 2;
            let body = answer.body.get(..half).unwrap_or_default();
            stream.write_all(answer.head(date).as_bytes())?;
            stream.write_all(body)?;
            Ok(false)
        }
        Delivery::Reset => {
            // A connection that does not linger is reset when it is closed.
            SockRef::from(stream).set_linger(Some(Duration::ZERO))?;
            Ok(false)
        }
        Delivery::Nothing => Ok(false),
    }
}

fn whole(answer: &Answer, date: &str) -> Vec<u8> {
    [answer.head(date).as_bytes(), &answer.body].concat()
}

fn refuse(mut stream: &TcpStream, world: &World, why: NoRequest) {
    let answer = match why {
        NoRequest::Closed => return,
        NoRequest::Rubbish => Answer::page(400, "<html><body>Bad request</body></html>"),
        NoRequest::TooLarge => Answer::page(413, "<html><body>Too large</body></html>"),
    };
    let bytes = whole(&answer, &http_date(world.now_unix()));
    // A client that sends rubbish may well be gone before it is told so.
    let _told = stream.write_all(&bytes);
}
