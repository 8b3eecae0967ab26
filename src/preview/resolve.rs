//! References made whole: what a file at one URL means by the name of another.

/// The URL that `reference` means in a file from `base`; `None` unless it is http or https.
pub(crate) fn resolve(base: &str, reference: &str) -> Option<String> {
    let reference = reference.trim();
    let reference = reference.split('#').next().unwrap_or_default();
    if has_scheme(reference) {
        return is_web(reference).then(|| reference.to_owned());
    }
    let (origin, path) = split(base)?;
    if let Some(rest) = reference.strip_prefix("//") {
        let (scheme, _) = origin.split_once(':')?;
        return (!rest.is_empty()).then(|| format!("{scheme}://{rest}"));
    }
    let path = path.split(['?', '#']).next().unwrap_or_default();
    if reference.is_empty() || reference.starts_with('?') {
        return Some(format!("{origin}{path}{reference}"));
    }
    let (name, query) = match reference.find('?') {
        Some(at) => reference.split_at_checked(at)?,
        None => (reference, ""),
    };
    let joined = if name.starts_with('/') {
        name.to_owned()
    } else {
        let folder = path.rfind('/').and_then(|at| path.get(..=at));
        format!("{}{name}", folder.unwrap_or("/"))
    };
    Some(format!("{origin}{}{query}", without_dots(&joined)))
}

/// `https://host:port` and what follows it.
fn split(url: &str) -> Option<(&str, &str)> {
    let start = url.find("://")? + 3;
    let rest = url.get(start..)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let is_usable = is_web(url) && end > 0;
    is_usable.then(|| url.split_at_checked(start + end))?
}

fn is_web(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    scheme
        .is_some_and(|name| name.eq_ignore_ascii_case("http") || name.eq_ignore_ascii_case("https"))
}

/// Letters, digits, `+`, `-` and `.` up to a colon: `data:`, `file:`, `https:`.
fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else {
        return false;
    };
    let begins = scheme.starts_with(|first: char| first.is_ascii_alphabetic());
    begins
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// Follows `.` and `..`, which never lead above the root.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut parts = path.split('/').skip(1).peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        match part {
            "." | ".." => {
                if part == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            _ => kept.push(part),
        }
    }
    format!("/{}", kept.join("/"))
}
