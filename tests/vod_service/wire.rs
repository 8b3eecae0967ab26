//! HTTP as clients really speak it, rubbish too.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::json;

use super::{client, quick, refused};

#[test]
fn rubbish_is_answered_and_the_service_goes_on() {
    let service = quick().start().unwrap();
    for rubbish in [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 tls\r\n\r\n".as_slice(),
        b"POST / HTTP/1.1\r\nContent-Length: -4\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ] {
        let answer = client(&service).send(rubbish).unwrap();
        assert!(
            answer.starts_with(b"HTTP/1.1 400 "),
            "{}",
            rubbish.escape_ascii()
        );
    }
    let huge = b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n";
    assert!(
        client(&service)
            .send(huge)
            .unwrap()
            .starts_with(b"HTTP/1.1 413 ")
    );
    let answer = client(&service).send(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert!(
        String::from_utf8(answer.unwrap())
            .unwrap()
            .contains("MissingParameter")
    );
    assert_eq!(refused(&service, "DescribeTasks", json!({})), "none");
}

#[test]
fn a_connection_is_kept_and_takes_chunks() {
    let service = quick().start().unwrap();
    let head = client(&service).head("DescribeTasks", "{\"Limit\":1}");
    let plain = format!("{head}Content-Length: 11\r\n\r\n{{\"Limit\":1}}");
    let chunked = format!(
        "{head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n\
         5\r\n{{\"Lim\r\n6;x=y\r\nit\":1}}\r\n0\r\nTrailer: 1\r\n\r\n"
    );
    let mut stream = TcpStream::connect(service.addr()).unwrap();
    stream.write_all((plain + &chunked).as_bytes()).unwrap();
    let mut answers = String::new();
    stream.read_to_string(&mut answers).unwrap();
    assert_eq!(answers.matches("\"TaskSet\":[]").count(), 2, "{answers}");
}
