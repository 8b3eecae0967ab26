//! What each path is answered with.

use super::file;

/// An answer before it is sent.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    /// Whole lines.
    pub(crate) headers: String,
    pub(crate) body: Body,
    /// It waits for leave to go.
    pub(crate) held: bool,
}

pub(crate) enum Body {
    Whole(Vec<u8>),
    /// A thousand bytes less than announced.
    Short(Vec<u8>),
    /// So many bytes are announced, and more come.
    Announced(u64),
    Endless,
    /// A byte now and then.
    Drip,
    /// A head and nothing more.
    HeadOnly,
    /// Not even a head.
    Silent,
}

/// What `path` is answered with; it may carry a query.
pub(crate) fn answer(path: &str) -> Answer {
    let (bare, query) = path.split_once('?').unwrap_or((path, ""));
    let name = bare.strip_prefix("/held").unwrap_or(bare);
    let mut answer = named(name, query);
    answer.held = name != bare;
    answer
}

fn named(name: &str, query: &str) -> Answer {
    if let Some(number) = name.strip_prefix("/number/") {
        return picture("image/png", file::numbered(number.parse().unwrap_or(0)));
    }
    if name.starts_with("/square/") {
        return picture("image/png", file::blank_png(2048, 2048));
    }
    if let Some(left) = name.strip_prefix("/chain/") {
        return match left.parse().unwrap_or(0) {
            0 => picture("image/png", file::numbered(0)),
            left => redirect(302, &format!("/chain/{}", left - 1)),
        };
    }
    match name {
        "/ok.jpg" => picture("image/jpeg", file::jpeg()),
        "/ok.png" => picture("image/png", file::numbered(1)),
        "/ok.webp" => picture("image/webp", file::webp()),
        "/ok.gif" => picture("image/gif", file::gif(3)),
        "/ok.bmp" => picture("image/bmp", file::bmp()),
        "/frames.gif" => picture("image/gif", file::gif(10_000)),
        "/sprite.vtt" => picture("text/vtt", file::cues()),
        "/wrong-type.jpg" => picture("text/html", file::numbered(2)),
        "/page" => picture(
            "text/html",
            b"<html><body>Log in first</body></html>".to_vec(),
        ),
        "/empty" => picture("image/png", Vec::new()),
        "/truncated.jpg" => picture("image/jpeg", file::half(file::jpeg())),
        "/huge.png" => picture("image/png", file::png_claiming(60_000, 60_000)),
        "/bomb.png" => picture("image/png", file::blank_png(12_000, 12_000)),
        "/wide.png" => picture("image/png", file::blank_png(20_000, 50)),
        "/short.png" => with(200, Body::Short(file::half(file::numbered(3)))),
        "/long.png" => with(200, Body::Announced(30 << 20)),
        "/endless.png" => with(200, Body::Endless),
        "/drip.png" => with(200, Body::Drip),
        "/silent.png" => with(200, Body::Silent),
        "/stuck.png" => with(200, Body::HeadOnly),
        "/packed.png" => told("Content-Encoding: gzip\r\n"),
        "/cookie.png" => told("Set-Cookie: id=7; Path=/\r\n"),
        "/redirect" => redirect(302, target(query)),
        "/moved" => redirect(308, target(query)),
        "/loop" => redirect(301, "/loop"),
        "/nowhere" => with(302, Body::Whole(Vec::new())),
        "/403" => refusal(403, "<html><h1>403</h1>Referer <b>denied</b></html>"),
        "/404" => refusal(404, "gone"),
        "/410" => refusal(410, "gone"),
        "/500" => refusal(500, "broken"),
        "/503" => refusal(503, "busy"),
        _ => refusal(404, "no such picture"),
    }
}

/// The first member's value as it stands; what is added to it, such as a signature, stays behind.
fn target(query: &str) -> &str {
    let first = query.split('&').next().unwrap_or_default();
    first.strip_prefix("to=").unwrap_or_default()
}

fn with(status: u16, body: Body) -> Answer {
    Answer {
        status,
        content_type: "image/png",
        headers: String::new(),
        body,
        held: false,
    }
}

fn picture(content_type: &'static str, bytes: Vec<u8>) -> Answer {
    Answer {
        content_type,
        ..with(200, Body::Whole(bytes))
    }
}

fn told(headers: &str) -> Answer {
    Answer {
        headers: headers.to_owned(),
        ..picture("image/png", file::numbered(4))
    }
}

fn refusal(status: u16, words: &str) -> Answer {
    Answer {
        content_type: "text/html",
        ..with(status, Body::Whole(words.as_bytes().to_vec()))
    }
}

fn redirect(status: u16, to: &str) -> Answer {
    Answer {
        headers: format!("Location: {to}\r\n"),
        ..with(status, Body::Whole(b"moved".to_vec()))
    }
}
