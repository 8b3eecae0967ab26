//! Pictures behind a proxy: it is told where to connect to, and only to what was checked here.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

use vodscope::http::Proxy;
use vodscope::job::{Cancel, Job, Outbox, Wake, spawn};
use vodscope::model::{HostRule, Lang, NetworkFault, PictureFault, Zone};
use vodscope::preview::{Address, FetchEnd, FetchLimits, Fetcher, Policy, Ways};
use vodscope::text::{Text, pictures};

use crate::picture_server::PictureServer;
use crate::setup::{PATIENCE, far, fault, fetch, named, names, near, patient, policy};

const NAME: &str = "pictures.test";
const PUBLIC: &str = "1.1.1.1";

/// A proxy of either kind on this machine that notes whom it is asked for.
struct TestProxy {
    addr: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    stop: Cancel,
    _accepting: Job<()>,
}

/// What the proxy does with a connection.
#[derive(Clone, Copy)]
enum Conduct {
    /// Leads every tunnel to this server, wherever it should lead; refuses IPv6.
    Http(SocketAddr),
    Socks5(SocketAddr),
    /// Notes the first bytes within the tunnel, and ends it.
    Listen,
    Silent,
}

impl TestProxy {
    fn start(conduct: Conduct) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let (asked, stop) = (Arc::default(), Cancel::default());
        let (notes, stopped) = (Arc::clone(&asked), stop.clone());
        let accepting = spawn("proxy", Wake::none(), move |_: Outbox<()>, _| {
            let mut clients: Vec<Job<()>> = Vec::new();
            while let Ok((stream, _)) = listener.accept() {
                if stopped.is_cancelled() {
                    return;
                }
                let (notes, stopped) = (Arc::clone(&notes), stopped.clone());
                let serve = move |_: Outbox<()>, _| {
                    // A client that leaves early ends its own connection alone.
                    let _ended = serve(stream, conduct, &notes, &stopped);
                };
                clients.push(spawn("proxy-client", Wake::none(), serve));
            }
        });
        Self {
            addr,
            asked,
            stop,
            _accepting: accepting,
        }
    }

    fn asked(&self) -> Vec<String> {
        self.asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn ways(&self, scheme: &str, known: &[(&str, &[&str])]) -> Ways {
        let lookup = match known {
            [] => names([]),
            [one] => names([*one]),
            _ => panic!("one name is enough"),
        };
        Ways {
            proxy: Proxy::Url(format!("{scheme}://{}", self.addr)),
            ..named(lookup)
        }
    }
}

impl Drop for TestProxy {
    fn drop(&mut self) {
        self.stop.cancel();
        // Wakes the thread that accepts.
        let _woken = TcpStream::connect(self.addr);
    }
}

fn serve(
    mut client: TcpStream,
    conduct: Conduct,
    notes: &Mutex<Vec<String>>,
    stop: &Cancel,
) -> io::Result<()> {
    let note = |text: String| {
        let mut notes = notes.lock().unwrap_or_else(PoisonError::into_inner);
        notes.push(text);
    };
    match conduct {
        Conduct::Silent => {
            note("connected".to_owned());
            while !stop.is_cancelled() {
                stop.sleep(PATIENCE);
            }
            Ok(())
        }
        Conduct::Http(server) => {
            let line = read_connect(&mut client)?;
            let is_v6 = line.contains('[');
            note(line);
            if is_v6 {
                return client.write_all(b"HTTP/1.1 503 No IPv6\r\n\r\n");
            }
            client.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
            relay(client, TcpStream::connect(server)?)
        }
        Conduct::Socks5(server) => {
            let target = read_socks(&mut client)?;
            let is_v6 = target.contains("::");
            note(target);
            if is_v6 {
                return client.write_all(&[5, 4, 0, 1, 0, 0, 0, 0, 0, 0]);
            }
            client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
            relay(client, TcpStream::connect(server)?)
        }
        Conduct::Listen => {
            note(read_connect(&mut client)?);
            client.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
            let mut bytes = vec![0; 4096];
            let count = client.read(&mut bytes)?;
            note(String::from_utf8_lossy(bytes.get(..count).unwrap_or_default()).into_owned());
            Ok(())
        }
    }
}

fn read_connect(client: &mut TcpStream) -> io::Result<String> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut byte)?;
        head.extend(byte);
    }
    let head = String::from_utf8_lossy(&head);
    Ok(head.lines().next().unwrap_or_default().to_owned())
}

/// A greeting without a password, and an address or a name.
fn read_socks(client: &mut TcpStream) -> io::Result<String> {
    let mut greeting = [0; 3];
    client.read_exact(&mut greeting)?;
    client.write_all(&[5, 0])?;
    let mut head = [0; 4];
    client.read_exact(&mut head)?;
    let target = match head[3] {
        1 => {
            let mut ip = [0; 4];
            client.read_exact(&mut ip)?;
            std::net::Ipv4Addr::from(ip).to_string()
        }
        3 => {
            let mut length = [0];
            client.read_exact(&mut length)?;
            let mut name = vec![0; usize::from(length[0])];
            client.read_exact(&mut name)?;
            String::from_utf8_lossy(&name).into_owned()
        }
        4 => {
            let mut ip = [0; 16];
            client.read_exact(&mut ip)?;
            std::net::Ipv6Addr::from(ip).to_string()
        }
        other => panic!("address type {other}"),
    };
    let mut port = [0; 2];
    client.read_exact(&mut port)?;
    Ok(format!("{target}:{}", u16::from_be_bytes(port)))
}

fn relay(client: TcpStream, server: TcpStream) -> io::Result<()> {
    let (mut from, mut to) = (client.try_clone()?, server.try_clone()?);
    let (mut back_from, mut back_to) = (server, client);
    let up = spawn("proxy-up", Wake::none(), move |_: Outbox<()>, _| {
        let _bytes = io::copy(&mut from, &mut to);
        let _closed = to.shutdown(std::net::Shutdown::Both);
    });
    let copied = io::copy(&mut back_from, &mut back_to);
    let _closed = back_to.shutdown(std::net::Shutdown::Both);
    drop(up);
    copied.map(drop)
}

fn told(host: &str, rule: HostRule) -> Policy {
    policy([(host, rule)])
}

#[test]
fn an_http_proxy_is_given_the_address_that_was_checked() {
    let server = PictureServer::start();
    let proxy = TestProxy::start(Conduct::Http(server.addr()));
    let ways = proxy.ways("http", &[(NAME, &[PUBLIC])]);
    let fetched = fetch(told(NAME, far()), &ways, &format!("http://{NAME}/ok.png"));
    assert_eq!(fetched.unwrap().status, 200);
    assert_eq!(proxy.asked(), ["CONNECT 1.1.1.1:80 HTTP/1.1"]);
    let head = &server.seen()[0].head;
    assert!(head.contains(&format!("host: {NAME}\r\n")), "{head}");
}

#[test]
fn the_server_behind_a_proxy_is_greeted_by_its_name() {
    let proxy = TestProxy::start(Conduct::Listen);
    let ways = proxy.ways("http", &[(NAME, &[PUBLIC])]);
    fault(told(NAME, far()), &ways, &format!("https://{NAME}/ok.png"));
    let asked = proxy.asked();
    assert_eq!(asked[0], "CONNECT 1.1.1.1:443 HTTP/1.1");
    // A client's first words in TLS name the server in the clear.
    assert!(asked[1].contains(NAME), "{asked:?}");
}

#[test]
fn a_socks_proxy_is_given_the_address_that_was_checked() {
    let server = PictureServer::start();
    for scheme in ["socks5h", "socks5"] {
        let proxy = TestProxy::start(Conduct::Socks5(server.addr()));
        let ways = proxy.ways(scheme, &[(NAME, &["240e::1", PUBLIC])]);
        let fetched = fetch(told(NAME, far()), &ways, &format!("http://{NAME}/ok.png"));
        assert_eq!(fetched.unwrap().status, 200, "{scheme}");
        assert_eq!(proxy.asked(), ["240e::1:80", "1.1.1.1:80"], "{scheme}");
    }
}

#[test]
fn a_name_that_leads_into_a_private_network_is_not_asked_of_a_proxy() {
    let server = PictureServer::start();
    for (scheme, conduct) in [
        ("http", Conduct::Http(server.addr())),
        ("socks5h", Conduct::Socks5(server.addr())),
        ("socks5", Conduct::Socks5(server.addr())),
        ("socks4a", Conduct::Silent),
    ] {
        let proxy = TestProxy::start(conduct);
        let ways = proxy.ways(scheme, &[(NAME, &[PUBLIC, "10.0.0.8"])]);
        let found = fault(told(NAME, far()), &ways, &format!("https://{NAME}/ok.png"));
        let expected = PictureFault::Private {
            host: NAME.to_owned(),
            address: [10, 0, 0, 8].into(),
        };
        assert_eq!(found, expected, "{scheme}");
        assert_eq!(proxy.asked(), [""; 0], "{scheme}");
    }
}

#[test]
fn a_name_that_only_the_proxy_knows_needs_leave() {
    let server = PictureServer::start();
    let url = format!("http://{NAME}/ok.png");
    for (scheme, conduct, named) in [
        (
            "http",
            Conduct::Http(server.addr()),
            "CONNECT pictures.test:80 HTTP/1.1",
        ),
        (
            "socks5h",
            Conduct::Socks5(server.addr()),
            "pictures.test:80",
        ),
    ] {
        let proxy = TestProxy::start(conduct);
        let ways = proxy.ways(scheme, &[]);
        let found = fault(told(NAME, far()), &ways, &url);
        let PictureFault::Network { kind, why } = &found else {
            panic!("{scheme}: {found:?}");
        };
        assert_eq!(*kind, NetworkFault::Dns);
        assert!(why.ends_with("no such name"), "{why}");
        let words = pictures::fault(&found, &Text::new(Lang::En, Zone::Utc));
        assert_eq!(words.remedy, pictures::Remedy::HostSettings);
        assert_eq!(proxy.asked(), [""; 0]);
        assert_eq!(fetch(told(NAME, near()), &ways, &url).unwrap().status, 200);
        assert_eq!(proxy.asked(), [named]);
    }
}

#[test]
fn a_proxy_without_ipv6_is_asked_for_the_other_address() {
    let server = PictureServer::start();
    let proxy = TestProxy::start(Conduct::Http(server.addr()));
    let ways = proxy.ways("http", &[(NAME, &["240e::1", "240e::2", PUBLIC])]);
    let fetched = fetch(told(NAME, far()), &ways, &format!("http://{NAME}/ok.png"));
    assert_eq!(fetched.unwrap().status, 200);
    let expected = [
        "CONNECT [240e::1]:80 HTTP/1.1",
        "CONNECT 1.1.1.1:80 HTTP/1.1",
    ];
    assert_eq!(proxy.asked(), expected);
}

#[test]
fn the_proxy_itself_is_no_exception() {
    let server = PictureServer::start();
    let proxy = TestProxy::start(Conduct::Http(server.addr()));
    let port = proxy.addr.port();
    let host = format!("{NAME}:{port}");
    let ways = Ways {
        proxy: Proxy::Url(format!("http://{host}")),
        ..named(names([(NAME, &["127.0.0.1"])]))
    };
    let found = fault(told(&host, far()), &ways, &format!("http://{host}/ok.png"));
    let expected = PictureFault::Private {
        host,
        address: [127, 0, 0, 1].into(),
    };
    assert_eq!(found, expected);
    assert_eq!(proxy.asked(), [""; 0]);
}

fn silent(scheme: &str, limits: FetchLimits) -> (TestProxy, Ways) {
    let proxy = TestProxy::start(Conduct::Silent);
    let ways = Ways {
        limits,
        ..proxy.ways(scheme, &[(NAME, &[PUBLIC])])
    };
    (proxy, ways)
}

#[test]
fn a_silent_proxy_is_left_after_the_time_for_a_head() {
    let limits = FetchLimits {
        first_byte: std::time::Duration::from_secs(1),
        ..FetchLimits::default()
    };
    for scheme in ["http", "socks5h", "socks4a"] {
        let (_proxy, ways) = silent(scheme, limits);
        let found = fault(told(NAME, far()), &ways, &format!("http://{NAME}/ok.png"));
        assert_eq!(found, PictureFault::TooSlow { secs: 1 }, "{scheme}");
    }
}

#[test]
fn a_download_that_nobody_wants_ends_while_a_proxy_is_silent() {
    for scheme in ["http", "socks5h", "socks4a"] {
        let (proxy, ways) = silent(scheme, patient());
        let cancel = Cancel::default();
        let mut fetcher = Fetcher::new(Arc::new(told(NAME, far())), &ways).unwrap();
        let address = Address::parse(&format!("http://{NAME}/ok.png")).unwrap();
        let stop = cancel.clone();
        let job = spawn("fetch", Wake::none(), move |outbox: Outbox<_>, _| {
            let end = fetcher.fetch(&address, &stop, &mut |_, _| {});
            outbox.send(end).ok();
        });
        let begun =
            (0..600).any(|_| !proxy.asked().is_empty() || !Cancel::default().sleep(PATIENCE / 600));
        assert!(begun, "{scheme}");
        cancel.cancel();
        assert_eq!(job.recv(), Some(Err(FetchEnd::Cancelled)), "{scheme}");
    }
}

/// What comes over a SOCKS connection is held to the limits as well.
#[test]
fn a_silent_server_behind_a_socks_proxy_is_left_in_time() {
    let server = PictureServer::start();
    let proxy = TestProxy::start(Conduct::Socks5(server.addr()));
    let limits = FetchLimits {
        first_byte: std::time::Duration::from_secs(1),
        ..FetchLimits::default()
    };
    let ways = Ways {
        limits,
        ..proxy.ways("socks5h", &[(NAME, &[PUBLIC])])
    };
    let url = format!("http://{NAME}/silent.png");
    let found = fault(told(NAME, far()), &ways, &url);
    assert_eq!(found, PictureFault::TooSlow { secs: 1 });
}
