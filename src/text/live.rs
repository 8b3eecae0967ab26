//! Sentences of pulling, borrowing, receiving and keeping: what happened, why, what to do next.

pub use super::archive::{archive_deleted, archive_fault};
use super::format;
use crate::http;
use crate::model::{
    ApiError, CallFault, ConfirmFault, CredentialsFault, EndpointFault, Foreign, ForeignKind,
    Found, KeyPart, Lang, NetworkFault, Origin, OriginChoice, PlaceFault, Refusal, Retry,
};

/// Why a call gave no answer, in one sentence; an API error is told by its code and message.
pub fn call_fault(lang: Lang, fault: &CallFault) -> String {
    match fault {
        CallFault::Api(error) => api_error(error),
        CallFault::Network { kind, why } => network_fault(lang, *kind, why),
        CallFault::NotAnAnswer(foreign) => foreign_answer(lang, foreign),
        CallFault::Credentials(fault) => credentials_fault(lang, fault),
        CallFault::BadEndpoint { endpoint, why } => {
            let why = endpoint_fault(lang, why);
            lang.pick(
                format!("{endpoint} cannot be called: {why}. Give a host name, or http:// with an address of this machine."),
                format!("无法调用 {endpoint}：{why}。请填写域名，或以 http:// 开头的本机地址。"),
            )
        }
        CallFault::NothingToSend { why } => why.clone(),
        CallFault::Cancelled => lang.pick("Stopped.", "已停止。").to_owned(),
    }
}

/// What is wrong with an endpoint.
pub fn endpoint_fault(lang: Lang, why: &EndpointFault) -> String {
    let (en, zh) = match why {
        EndpointFault::NoHost => ("it names no host", "没有主机名"),
        EndpointFault::NotAHost => (
            "only a host name and a port can stand here",
            "这里只能填写主机名和端口",
        ),
        EndpointFault::InTheClear => (
            "plain HTTP goes to this machine only",
            "明文 HTTP 只能访问本机",
        ),
        EndpointFault::Scheme => (
            "only https can be asked, and http on this machine",
            "只支持 https，本机可用 http",
        ),
        EndpointFault::Other(why) => {
            return lang.pick(why.clone(), format!("不是可用的地址（{why}）"));
        }
    };
    lang.pick(en, zh).to_owned()
}

/// `RequestLimitExceeded: too many requests`.
fn api_error(error: &ApiError) -> String {
    if error.message.is_empty() {
        error.code.clone()
    } else {
        format!("{}: {}", error.code, error.message)
    }
}

fn network_fault(lang: Lang, kind: NetworkFault, why: &str) -> String {
    let (en, zh) = match kind {
        NetworkFault::Dns => (
            "The endpoint's name is not known here. Check the network and the spelling",
            "无法解析接入点域名，请检查网络和拼写",
        ),
        NetworkFault::Connect => (
            "Nobody answers at the endpoint. Check the network, a firewall, or the proxy",
            "接入点无人应答，请检查网络、防火墙或代理",
        ),
        NetworkFault::Tls if why.contains("UnknownIssuer") => (
            "The connection is not trusted: nobody known here issued the certificate. Check the clock and whether a proxy replaces certificates; if the issuer is your own, add its certificate to the system's, or on Linux name its file in SSL_CERT_FILE",
            "连接不可信：证书的颁发者未知。请检查系统时间，以及代理是否替换了证书；如果是自建 CA，请把它的证书加入系统证书库，或在 Linux 上用 SSL_CERT_FILE 指定证书文件",
        ),
        NetworkFault::Tls => (
            "The connection is not trusted. Check the clock and whether a proxy replaces certificates",
            "连接不可信，请检查系统时间，以及代理是否替换了证书",
        ),
        NetworkFault::Timeout => (
            "No answer in time. It may work again at once",
            "等待应答超时，可立即重试",
        ),
        NetworkFault::Reset => (
            "The connection broke off before the answer was whole. It may work again at once",
            "应答还没收完连接就断开了，可立即重试",
        ),
        NetworkFault::Proxy => return proxy_fault(lang, why),
        NetworkFault::Other => ("The call failed", "调用失败"),
    };
    lang.pick(format!("{en} ({why})."), format!("{zh}（{why}）。"))
}

fn proxy_fault(lang: Lang, why: &str) -> String {
    if let Some(variable) = why.strip_prefix(http::PROXY_UNUSABLE) {
        return lang.pick(
            format!("{variable} names no usable proxy, and nothing was sent without one. Write it as http://HOST:PORT, or unset it."),
            format!("{variable} 不是可用的代理地址，因此没有发送请求。请写成 http://HOST:PORT，或取消该变量。"),
        );
    }
    if let Some(status) = why.strip_prefix(http::PROXY_ANSWERED) {
        let (en, zh) = proxy_answer(status);
        return lang.pick(
            format!("{en} (HTTP {status})."),
            format!("{zh}（HTTP {status}）。"),
        );
    }
    let (en, zh, why) = match why.strip_prefix(http::PROXY_UNREACHABLE) {
        Some(why) => (
            "The proxy cannot be reached. Check that it runs, and its address in HTTPS_PROXY, HTTP_PROXY or ALL_PROXY",
            "无法连接代理，请检查代理是否在运行，以及 HTTPS_PROXY、HTTP_PROXY 或 ALL_PROXY 中的地址",
            why,
        ),
        None => (
            "The proxy made no connection. Check its address in HTTPS_PROXY, HTTP_PROXY or ALL_PROXY",
            "代理没有建立连接，请检查 HTTPS_PROXY、HTTP_PROXY 或 ALL_PROXY 中的地址",
            why,
        ),
    };
    lang.pick(format!("{en} ({why})."), format!("{zh}（{why}）。"))
}

/// What a proxy means that answers with a status instead of a connection.
fn proxy_answer(status: &str) -> (&'static str, &'static str) {
    if status == "407" {
        (
            "The proxy wants a user and a password. Write them as http://USER:PASSWORD@HOST:PORT in HTTPS_PROXY, HTTP_PROXY or ALL_PROXY",
            "代理要求账号和密码，请在 HTTPS_PROXY、HTTP_PROXY 或 ALL_PROXY 中写成 http://USER:PASSWORD@HOST:PORT",
        )
    } else if status.starts_with('5') {
        (
            "The proxy could not connect to the host. Try again in a while; if it stays so, ask whoever runs the proxy",
            "代理无法连接目标主机，请稍后重试；如果一直如此，请联系代理的管理员",
        )
    } else {
        (
            "The proxy refused to connect to the host. Ask whoever runs it to allow the host, or except the host in NO_PROXY",
            "代理拒绝连接目标主机，请让代理的管理员放行该主机，或用 NO_PROXY 排除该主机",
        )
    }
}

fn foreign_answer(lang: Lang, foreign: &Foreign) -> String {
    let status = foreign.status;
    let size = format::size(foreign.total_bytes);
    let (en, zh) = match foreign.kind {
        ForeignKind::Html => (
            format!(
                "A web page came instead of an answer (HTTP {status}, {size}). A login portal or proxy stands in between: open a browser and log in, then try again"
            ),
            format!(
                "收到的是网页而不是接口应答（HTTP {status}，{size}）。中间可能有登录门户或代理：请先用浏览器登录网络，再重试"
            ),
        ),
        ForeignKind::Truncated => (
            format!("The answer breaks off after {size}. It may work again at once"),
            format!("应答在 {size} 处中断，可立即重试"),
        ),
        ForeignKind::Garbage => (
            format!(
                "What came is no answer of this service (HTTP {status}, {size}). Check the endpoint"
            ),
            format!("收到的内容不是该服务的应答（HTTP {status}，{size}），请检查接入点"),
        ),
        ForeignKind::TooLong => (
            format!(
                "The answer is longer than answers can be ({size} and more). Check the endpoint"
            ),
            format!("应答超出了可能的长度（超过 {size}），请检查接入点"),
        ),
        ForeignKind::Status => (
            format!("The server failed with HTTP {status}. Try again in a while"),
            format!("服务器返回 HTTP {status}，请稍后重试"),
        ),
    };
    lang.pick(format!("{en}."), format!("{zh}。"))
}

/// Why there is nothing to sign with.
pub fn credentials_fault(lang: Lang, fault: &CredentialsFault) -> String {
    match fault {
        CredentialsFault::None { looked_at } => {
            let places: Vec<&str> = looked_at.iter().map(|probe| probe.place.as_str()).collect();
            let (en, zh) = (places.join(", "), places.join("、"));
            lang.pick(
                format!("No credentials were found in {en}. Set the variables, or type a key in the window."),
                format!("在 {zh} 中没有找到密钥。请设置环境变量，或在窗口中输入密钥。"),
            )
        }
        CredentialsFault::Empty { probe } => {
            let why = found(lang, &probe.found);
            let place = &probe.place;
            lang.pick(
                format!("{place}: {why}. Choose another place for the credentials."),
                format!("{place}：{why}。请改用其他密钥来源。"),
            )
        }
        CredentialsFault::Malformed { place, why } => {
            let why = place_fault(lang, why);
            lang.pick(
                format!("The credentials in {place} cannot be used: {why}."),
                format!("{place} 中的密钥不可用：{why}。"),
            )
        }
    }
}

/// What is wrong with a place for credentials, or with what it holds.
pub fn place_fault(lang: Lang, why: &PlaceFault) -> String {
    match why {
        PlaceFault::NoId => lang.pick(
            "there is a SecretKey, but no SecretId".to_owned(),
            "只有 SecretKey，没有 SecretId".to_owned(),
        ),
        PlaceFault::NoKey => lang.pick(
            "there is a SecretId, but no SecretKey".to_owned(),
            "只有 SecretId，没有 SecretKey".to_owned(),
        ),
        PlaceFault::WhiteSpace(part) => {
            let part = key_part(lang, *part);
            lang.pick(
                format!("the {part} has white space inside"),
                format!("{part} 中间有空白字符"),
            )
        }
        PlaceFault::Characters(part) => {
            let part = key_part(lang, *part);
            lang.pick(
                format!("the {part} has characters that no key has"),
                format!("{part} 含有密钥中不会出现的字符"),
            )
        }
        PlaceFault::NotAKeyPair { line, column } => lang.pick(
            format!("this is not the JSON of a key pair (line {line}, column {column})"),
            format!("不是密钥对的 JSON（第 {line} 行第 {column} 列）"),
        ),
        PlaceFault::TooLong => lang.pick(
            "the file is too long for one of keys".to_owned(),
            "文件过长，不像密钥文件".to_owned(),
        ),
        PlaceFault::NoHome => lang
            .pick("there is no home folder", "没有主目录")
            .to_owned(),
        PlaceFault::Entry => lang
            .pick(
                "the keyring's entry cannot be read",
                "无法读取密钥环中的条目",
            )
            .to_owned(),
        PlaceFault::Silent { secs: 0 } => lang
            .pick("the keyring did not answer", "密钥环没有应答")
            .to_owned(),
        PlaceFault::Silent { secs } => lang.pick(
            format!("the keyring did not answer within {secs} s"),
            format!("密钥环在 {secs} 秒内没有应答"),
        ),
        PlaceFault::System(why) => lang.pick(why.clone(), format!("系统报告 {why}")),
    }
}

fn key_part(lang: Lang, part: KeyPart) -> &'static str {
    match part {
        KeyPart::SecretId => "SecretId",
        KeyPart::SecretKey => "SecretKey",
        KeyPart::Token => lang.pick("token", "Token"),
    }
}

/// What looking for credentials gave: the shortened id, or a word.
pub fn found(lang: Lang, found: &Found) -> String {
    match found {
        Found::Credentials {
            masked_id,
            temporary: false,
        } => masked_id.clone(),
        Found::Credentials {
            masked_id,
            temporary: true,
        } => lang.pick(
            format!("{masked_id}, temporary"),
            format!("{masked_id}，临时"),
        ),
        Found::Empty => lang.pick("empty", "空").to_owned(),
        Found::Unusable { why } => {
            let why = place_fault(lang, why);
            lang.pick(format!("unusable: {why}"), format!("不可用：{why}"))
        }
        Found::Absent { why } => {
            let why = place_fault(lang, why);
            lang.pick(format!("not here: {why}"), format!("本机没有：{why}"))
        }
    }
}

/// Where credentials come from, by choice.
pub fn origin_choice(lang: Lang, choice: OriginChoice) -> &'static str {
    match choice {
        OriginChoice::First => lang.pick("First found", "自动选择"),
        OriginChoice::Keyring => lang.pick("System keyring", "系统密钥环"),
        OriginChoice::Environment => lang.pick("Environment", "环境变量"),
        OriginChoice::SdkFile => lang.pick("SDK file", "SDK 文件"),
        OriginChoice::TccliFile => lang.pick("Profile file", "配置文件"),
        OriginChoice::Typed => lang.pick("Type it now", "现在输入"),
    }
}

/// Where credentials came from, once found.
pub fn origin(lang: Lang, origin: &Origin) -> String {
    match origin {
        Origin::Keyring { entry } => {
            lang.pick(format!("keyring, {entry}"), format!("密钥环，{entry}"))
        }
        Origin::Environment { variable } => lang.pick(
            format!("environment, {variable}"),
            format!("环境变量 {variable}"),
        ),
        Origin::SdkFile(path) | Origin::TccliFile(path) => path.display().to_string(),
        Origin::Typed => lang
            .pick("typed, kept in memory", "手动输入，只在内存中")
            .to_owned(),
    }
}

/// Why a callback was refused.
pub fn refusal(lang: Lang, why: &Refusal) -> String {
    match why {
        Refusal::BadSign => lang.pick(
            "401: Sign is missing or wrong. Compare the SignKey with the console's.".to_owned(),
            "401：Sign 缺失或不正确，请与控制台的 SignKey 核对。".to_owned(),
        ),
        Refusal::Expired { secs } => lang.pick(
            format!("401: T passed {secs} s ago. Check both clocks."),
            format!("401：T 已过期 {secs} 秒，请检查双方时钟。"),
        ),
        Refusal::FromTheFuture { secs } => lang.pick(
            format!("401: T lies {secs} s ahead, too far to be genuine."),
            format!("401：T 超前 {secs} 秒，不可信。"),
        ),
        Refusal::TooLarge => lang.pick(
            "413: the body is larger than 10 MiB.".to_owned(),
            "413：请求体超过 10 MiB。".to_owned(),
        ),
        Refusal::BadRequest { why } => lang.pick(
            format!("400: no HTTP request ({why})."),
            format!("400：不是 HTTP 请求（{why}）。"),
        ),
        Refusal::Method(method) => lang.pick(
            format!("405: {method} is no callback; those are POST."),
            format!("405：{method} 不是回调，回调使用 POST。"),
        ),
        Refusal::TooSlow => lang.pick(
            "408: the request did not arrive in time.".to_owned(),
            "408：请求没有按时到齐。".to_owned(),
        ),
        Refusal::NotStored => lang.pick(
            "503: it could not be stored, so it was not taken.".to_owned(),
            "503：无法保存，因此未接收。".to_owned(),
        ),
    }
}

/// Why confirming came to nothing: the events come back.
pub fn confirm_fault(lang: Lang, events: usize, why: &ConfirmFault) -> String {
    let n = format::len(events);
    let reason = confirm_reason(lang, why);
    if matches!(why, ConfirmFault::Unsure(_)) {
        return lang.pick(
            format!("Whether {n} events were confirmed is not known: they are deleted, or come back. {reason}"),
            format!("{n} 条事件是否已确认不得而知：要么已删除，要么会回来。{reason}"),
        );
    }
    lang.pick(
        format!("{n} events were not confirmed and come back to your consumer: {reason}"),
        format!("{n} 条事件未确认，会回到消费者：{reason}"),
    )
}

/// A sentence with the events that it is about behind it.
pub fn which(lang: Lang, sentence: String, names: &[String]) -> String {
    if names.is_empty() {
        return sentence;
    }
    let en = names.join(", ");
    let zh = names.join("、");
    lang.pick(format!("{sentence} ({en})"), format!("{sentence}（{zh}）"))
}

/// "more than 28 s since the pull".
pub fn confirm_reason(lang: Lang, why: &ConfirmFault) -> String {
    match why {
        ConfirmFault::TooLate => lang.pick(
            "more than 28 s since the pull".to_owned(),
            "距拉取已超过 28 秒".to_owned(),
        ),
        ConfirmFault::TakenBack => lang.pick(
            "confirming was locked before the call was sent".to_owned(),
            "请求发出之前确认已被锁定".to_owned(),
        ),
        ConfirmFault::NoHandle => lang
            .pick("they came without an EventHandle", "事件没有 EventHandle")
            .to_owned(),
        ConfirmFault::NotDurable => lang.pick(
            "they are not stored on this machine".to_owned(),
            "事件还没有保存到本机".to_owned(),
        ),
        ConfirmFault::Call(fault) | ConfirmFault::Unsure(fault) => call_fault(lang, fault),
    }
}

/// "3 times, waited 2 s, went on".
pub fn retried(lang: Lang, retry: &Retry, count: u32) -> String {
    let tenths = (retry.wait.as_secs_f64() * 10.0).round();
    let secs = format::seconds(tenths / 10.0);
    let times = if count > 1 {
        lang.pick(format!("{count} times, "), format!("{count} 次，"))
    } else {
        String::new()
    };
    lang.pick(
        format!("{times}waited {secs}, then tried again"),
        format!("{times}等待 {secs} 后重试"),
    )
}

/// How far this machine's clock is off.
pub fn clock_off(lang: Lang, ahead_secs: i64) -> String {
    let secs = ahead_secs.unsigned_abs();
    if ahead_secs >= 0 {
        lang.pick(
            format!("This machine's clock is {secs} s ahead of the cloud's"),
            format!("本机时钟比云端快 {secs} 秒"),
        )
    } else {
        lang.pick(
            format!("This machine's clock is {secs} s behind the cloud's"),
            format!("本机时钟比云端慢 {secs} 秒"),
        )
    }
}

pub fn task_ended(lang: Lang, failed: bool) -> String {
    if failed {
        lang.pick("The watched task failed", "所关注的任务失败了")
            .to_owned()
    } else {
        lang.pick("The watched task ended well", "所关注的任务已成功结束")
            .to_owned()
    }
}

/// "12 tasks have no detail any more, kept as summary".
pub fn forgotten(lang: Lang, tasks: u64) -> String {
    let n = format::count(tasks);
    lang.pick(
        format!("{n} tasks have no detail any more, kept as summary"),
        format!("{n} 个任务在云端已无详情，仅保留摘要"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portal_is_told_as_one() {
        let fault = CallFault::NotAnAnswer(Foreign {
            status: 200,
            kind: ForeignKind::Html,
            content_type: "text/html".to_owned(),
            bytes: Vec::new().into(),
            total_bytes: 1_500,
        });
        assert!(call_fault(Lang::En, &fault).contains("login portal"));
        assert!(call_fault(Lang::Zh, &fault).contains("登录门户"));
    }

    #[test]
    fn an_api_error_keeps_the_services_own_words() {
        let fault = CallFault::Api(ApiError {
            code: "AuthFailure.SignatureExpire".to_owned(),
            message: "expired".to_owned(),
            request_id: "r".to_owned(),
            clock_ahead_secs: Some(400),
        });
        assert_eq!(
            call_fault(Lang::Zh, &fault),
            "AuthFailure.SignatureExpire: expired"
        );
    }

    #[test]
    fn what_we_say_ourselves_about_keys_and_endpoints_is_chinese_in_chinese() {
        let places = [
            PlaceFault::NoId,
            PlaceFault::NoKey,
            PlaceFault::WhiteSpace(KeyPart::Token),
            PlaceFault::Characters(KeyPart::SecretId),
            PlaceFault::NotAKeyPair { line: 2, column: 7 },
            PlaceFault::TooLong,
            PlaceFault::NoHome,
            PlaceFault::Entry,
            PlaceFault::Silent { secs: 0 },
            PlaceFault::Silent { secs: 20 },
        ];
        let places = places.iter().map(|why| place_fault(Lang::Zh, why));
        let endpoints = [
            EndpointFault::NoHost,
            EndpointFault::NotAHost,
            EndpointFault::InTheClear,
            EndpointFault::Scheme,
        ];
        let endpoints = endpoints.iter().map(|why| endpoint_fault(Lang::Zh, why));
        let names = [
            "SecretId",
            "SecretKey",
            "Token",
            "JSON",
            "HTTP",
            "https",
            "http",
        ];
        for text in places.chain(endpoints) {
            let own = names
                .iter()
                .fold(text.clone(), |text, name| text.replace(name, ""));
            assert!(!own.contains(|c: char| c.is_ascii_alphabetic()), "{text}");
        }
    }

    #[test]
    fn the_systems_own_words_stand_in_a_chinese_sentence() {
        let why = PlaceFault::System("permission denied".to_owned());
        let found = Found::Unusable { why };
        assert_eq!(
            super::found(Lang::Zh, &found),
            "不可用：系统报告 permission denied"
        );
    }

    #[test]
    fn a_clock_is_ahead_or_behind() {
        assert!(clock_off(Lang::En, 400).contains("400 s ahead"));
        assert!(clock_off(Lang::En, -7).contains("7 s behind"));
    }
}
