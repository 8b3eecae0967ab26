//! Faults on the way to a picture: consent, addresses, servers, the network.

use super::reasons::{self, UNCHECKED};
use super::{Both, Explained, Pair, Remedy, aside, pair};
use crate::model::{NetworkFault, PictureFault};
use crate::text::previews::host_name;
use crate::text::{Text, format};

pub(super) fn explained(fault: &PictureFault, text: &Text) -> Option<Explained> {
    let both = match fault {
        PictureFault::Off => off(),
        PictureFault::NotAllowed { host, redirected } => not_allowed(host, *redirected),
        PictureFault::Denied { host } => denied(host),
        PictureFault::Private { host, address } => private(host, &address.to_string()),
        PictureFault::BadUrl { why } => bad_url(why),
        PictureFault::TooManyRedirects => too_many_redirects(),
        PictureFault::Forbidden { said } => forbidden(said),
        PictureFault::Gone { status } => gone(*status),
        PictureFault::Status { status } => other_status(*status),
        PictureFault::Expired { unix } => expired(&format::date_time(*unix, text.zone)),
        PictureFault::TooSlow { secs } => too_slow(*secs),
        PictureFault::Network { kind, why } => network(*kind, why),
        _ => return None,
    };
    Some(both.of(text.lang))
}

fn off() -> Both {
    Both {
        title: pair("Fetching is off", "已关闭图片获取"),
        brief: pair("", ""),
        why: pair(
            "No picture is fetched from anywhere: fetching is switched off.",
            "图片获取已关闭，不会从任何地方下载图片。",
        ),
        next: pair(
            "Switch it on here, or in Settings under Pictures.",
            "在这里，或在“设置”的“图片”中打开。",
        ),
        remedy: Remedy::SwitchOn,
    }
}

fn not_allowed(host: &str, redirected: bool) -> Both {
    let why = if redirected {
        pair(
            format!(
                "The picture's server sends on to {host}, which was not contacted. It would see this machine's IP address."
            ),
            format!(
                "图片所在服务器重定向到 {host}，尚未访问该域名。访问后，对方会看到本机的 IP 地址。"
            ),
        )
    } else {
        pair(
            format!("{host} was not contacted. It would see this machine's IP address."),
            format!("尚未访问 {host}。访问后，对方会看到本机的 IP 地址。"),
        )
    };
    Both {
        title: if redirected {
            pair("Redirect not allowed", "重定向未获允许")
        } else {
            pair("Host not allowed", "域名未获允许")
        },
        brief: pair(host_name(host), host_name(host)),
        why,
        next: pair(
            "Allow the host, once or always, if you know it.",
            "如果认识这个域名，可以允许一次或始终允许。",
        ),
        remedy: Remedy::Allow,
    }
}

fn denied(host: &str) -> Both {
    Both {
        title: pair("Host is never asked", "已拒绝该域名"),
        brief: pair(host_name(host), host_name(host)),
        why: pair(
            format!("You chose never to contact {host}."),
            format!("你已选择永不访问 {host}。"),
        ),
        next: pair(
            "Change the choice in Settings under Pictures.",
            "可在“设置”的“图片”中更改。",
        ),
        remedy: Remedy::HostSettings,
    }
}

fn private(host: &str, address: &str) -> Both {
    let (en, zh) = if host.trim_matches(['[', ']']) == address {
        (address.to_owned(), address.to_owned())
    } else {
        (
            format!("{host} ({address})"),
            format!("{host}（{address}）"),
        )
    };
    Both {
        title: pair("Private network", "指向内网"),
        brief: pair(address, address),
        why: pair(
            format!(
                "{en} is not on the public internet, and was not contacted. A hostile event could reach machines near yours this way."
            ),
            format!("{zh} 不在公网上，没有访问。恶意事件可能借此触及你身边的机器。"),
        ),
        next: pair(
            "If these pictures do lie in your own network, let the host lead into it: Settings, Pictures.",
            "如果图片确实在自己的内网中，可在“设置”的“图片”中允许该域名指向内网。",
        ),
        remedy: Remedy::HostSettings,
    }
}

fn bad_url(why: &str) -> Both {
    let Pair(en, zh) = reasons::bad_url(why);
    Both {
        title: pair("Address not usable", "地址不可用"),
        brief: pair("", ""),
        why: pair(
            format!(
                "Only http and https addresses with a host and without a user name are fetched{en}."
            ),
            format!("只获取带域名、不带用户名的 http 或 https 地址{zh}。"),
        ),
        next: pair(
            "Copy the address and compare it with what the event says in Raw.",
            "请复制地址，与“原文”中的事件内容对照。",
        ),
        remedy: Remedy::Nothing,
    }
}

fn too_many_redirects() -> Both {
    Both {
        title: pair("Too many redirects", "重定向过多"),
        brief: pair("more than 5", "超过 5 次"),
        why: pair(
            "The server sent on from one address to the next more than 5 times.",
            "服务器连续重定向超过 5 次。",
        ),
        next: pair(
            "Open it in a browser to see where it leads; the domain's redirect rules may go in a circle.",
            "用浏览器打开看它指向哪里，该域名的重定向规则可能形成了循环。",
        ),
        remedy: Remedy::OpenOutside,
    }
}

fn forbidden(said: &str) -> Both {
    let Pair(en, zh) = aside(said);
    Both {
        title: pair("403 Forbidden", "403 禁止访问"),
        brief: pair("Referer or key", "Referer 或密钥"),
        why: pair(
            format!(
                "The server refuses, most likely by its hot-link protection: a list of allowed Referers, or signed addresses{en}."
            ),
            format!("服务器拒绝访问，多半是防盗链：Referer 名单，或 Key 防盗链签名{zh}。"),
        ),
        next: pair(
            "In Settings under Pictures: with a Referer list, give the host a Referer that is on it; with key protection, its key. What is changed in the console takes about 5 minutes.",
            "在“设置”的“图片”中：如果域名有 Referer 名单，为它填写名单内的 Referer；如果启用了 Key 防盗链，设置它的密钥。控制台的改动约 5 分钟后生效。",
        ),
        remedy: Remedy::HostSettings,
    }
}

fn gone(status: u16) -> Both {
    Both {
        title: pair(format!("{status} Not there"), format!("{status} 不存在")),
        brief: pair("deleted or expired", "已删除或过期"),
        why: pair(
            format!(
                "The server has no such file (HTTP {status}): it was deleted, or was kept for a time that is over."
            ),
            format!("服务器上没有这个文件（HTTP {status}）：已被删除，或保存期限已过。"),
        ),
        next: pair(
            "Look for the file in the console. If the task has only just ended, retry in a minute.",
            "请在控制台查看该文件是否还在。如果任务刚刚结束，一分钟后重试。",
        ),
        remedy: Remedy::Retry,
    }
}

fn other_status(status: u16) -> Both {
    let (why, next) = match status {
        401 | 407 => (
            pair("The server wants a login", "服务器要求登录"),
            pair(
                "Nothing is logged in to from here: open it in a browser.",
                "这里不会登录任何网站，请用浏览器打开。",
            ),
        ),
        429 => (
            pair("The server was asked too often", "请求过于频繁"),
            pair("Retry in a minute.", "请一分钟后重试。"),
        ),
        500.. => (
            pair("The server failed", "服务器出错"),
            pair("Retry in a while.", "请稍后重试。"),
        ),
        _ => (
            pair("The server gave no picture", "服务器没有返回图片"),
            pair(
                "Open it in a browser to see what it says.",
                "用浏览器打开看它说了什么。",
            ),
        ),
    };
    let remedy = if status == 429 || status >= 500 {
        Remedy::Retry
    } else {
        Remedy::OpenOutside
    };
    Both {
        title: pair(format!("HTTP {status}"), format!("HTTP {status}")),
        brief: pair("", ""),
        why: pair(
            format!("{} (HTTP {status}).", why.0),
            format!("{}（HTTP {status}）。", why.1),
        ),
        next,
        remedy,
    }
}

fn expired(until: &str) -> Both {
    Both {
        title: pair("Expired", "已过期"),
        brief: pair(until, until),
        why: pair(
            format!(
                "The event says that the picture was kept until {until}. It is not asked for any more."
            ),
            format!("事件注明图片只保留到 {until}，现在不再请求。"),
        ),
        next: pair(
            "A new run of the task makes new pictures.",
            "重新发起任务可以得到新的图片。",
        ),
        remedy: Remedy::Nothing,
    }
}

fn too_slow(secs: u64) -> Both {
    Both {
        title: pair("Too slow", "太慢"),
        brief: pair(format!("{secs} s"), format!("{secs} 秒")),
        why: pair(
            format!("It had not come within {secs} s and was given up."),
            format!("{secs} 秒内没有收完，已放弃。"),
        ),
        next: pair(
            "Retry; if it stays slow, look at the network or the proxy.",
            "请重试；如果一直很慢，检查网络或代理。",
        ),
        remedy: Remedy::Retry,
    }
}

fn network(kind: NetworkFault, why: &str) -> Both {
    if let Some(why) = why.strip_prefix(UNCHECKED) {
        return unchecked(why);
    }
    let Pair(en, zh) = aside(why);
    let (title, told, next) = network_words(kind);
    Both {
        title,
        brief: pair("", ""),
        why: pair(format!("{}{en}.", told.0), format!("{}{zh}。", told.1)),
        next,
        remedy: Remedy::Retry,
    }
}

/// A host behind a proxy whose name is not known on this machine.
fn unchecked(why: &str) -> Both {
    let Pair(en, zh) = aside(why);
    Both {
        title: pair("Name not found here", "本机无法解析域名"),
        brief: pair("not checked", "未能检查"),
        why: pair(
            format!(
                "A proxy stands between, and this machine cannot look up the host's name itself{en}: whether it leads into a private network could not be checked, so it was not contacted."
            ),
            format!(
                "图片经由代理获取，而本机无法解析该域名{zh}，无法检查它是否指向内网，因此没有访问。"
            ),
        ),
        next: pair(
            "If you know the host, let it lead into a private network: Settings, Pictures; the proxy then looks its name up.",
            "如果认识这个域名，可在“设置”的“图片”中允许它指向内网，之后由代理解析域名。",
        ),
        remedy: Remedy::HostSettings,
    }
}

/// What it is called, what happened, what to do.
fn network_words(kind: NetworkFault) -> (Pair, Pair, Pair) {
    match kind {
        NetworkFault::Dns => (
            pair("Name not found", "无法解析域名"),
            pair(
                "The host's name is not known here; this machine may be offline",
                "无法解析该域名，本机可能已离线",
            ),
            pair("Check the network, then retry.", "请检查网络后重试。"),
        ),
        NetworkFault::Connect => (
            pair("No connection", "无法连接"),
            pair(
                "No connection could be made: nothing listens there, this machine is offline, or a firewall stands between",
                "无法建立连接：对方没有服务、本机已离线，或被防火墙拦住",
            ),
            pair(
                "Check the network, a firewall or the proxy, then retry.",
                "请检查网络、防火墙或代理后重试。",
            ),
        ),
        NetworkFault::Tls => (
            pair("Not trusted", "连接不可信"),
            pair(
                "The server's certificate is not trusted, or does not fit its name",
                "服务器证书不可信，或与域名不符",
            ),
            pair(
                "Check the clock, the domain's certificate, and whether a proxy replaces certificates.",
                "请检查系统时间、域名的证书，以及代理是否替换了证书。",
            ),
        ),
        NetworkFault::Timeout => (
            pair("No answer", "没有应答"),
            pair("The server did not answer in time", "等待应答超时"),
            pair(
                "Retry; if it stays so, look at the network or the proxy.",
                "请重试；如果一直如此，检查网络或代理。",
            ),
        ),
        NetworkFault::Reset => (
            pair("Broken off", "连接中断"),
            pair(
                "The connection broke before the picture was whole",
                "图片还没收完连接就断开了",
            ),
            pair("Retry at once.", "可立即重试。"),
        ),
        NetworkFault::Proxy => (
            pair("Proxy refused", "代理拒绝"),
            pair("The proxy did not let it through", "代理没有放行"),
            pair(
                "Check HTTPS_PROXY, HTTP_PROXY and their credentials, and whether the proxy allows the host. It is given the host's address, which was checked here; one that wants names gets the name of a host that may lead into a private network (Settings, Pictures).",
                "请检查 HTTPS_PROXY、HTTP_PROXY 及其账号，以及代理是否允许该域名。交给代理的是在本机检查过的 IP 地址；如果代理只接受域名，可在“设置”的“图片”中允许该域名指向内网，之后会把域名交给代理。",
            ),
        ),
        NetworkFault::Other => (
            pair("Not fetched", "获取失败"),
            pair("The download failed", "下载失败"),
            pair("Retry in a while.", "请稍后重试。"),
        ),
    }
}
