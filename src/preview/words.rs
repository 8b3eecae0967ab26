//! What a server says in a refusal, as plain words.

/// Characters that are kept.
const MOST: usize = 200;

/// The text of a page or a plain answer, without marks and on one line; empty when it is neither.
pub(super) fn words_of(content_type: &str, body: &[u8]) -> String {
    let kind = content_type.to_ascii_lowercase();
    let is_text = ["text/", "json", "xml"]
        .iter()
        .any(|part| kind.contains(part));
    if !is_text {
        return String::new();
    }
    let text = String::from_utf8_lossy(body);
    let plain = if kind.contains("html") || kind.contains("xml") {
        without_marks(&text)
    } else {
        text.into_owned()
    };
    let printable = plain.replace(|c: char| c.is_control() || c == '\u{fffd}', " ");
    let words: Vec<&str> = printable.split_whitespace().collect();
    words.join(" ").chars().take(MOST).collect()
}

/// Leaves out everything between angle brackets, and what only programs read.
fn without_marks(page: &str) -> String {
    let mut plain = String::new();
    let mut rest = page;
    while let Some((text, mark)) = rest.split_once('<') {
        plain.push_str(text);
        plain.push(' ');
        let silent = ["script", "style"].iter().find(|name| {
            let begins = mark.get(..name.len());
            begins.is_some_and(|begins| begins.eq_ignore_ascii_case(name))
        });
        let inner = match silent {
            Some(name) => mark
                .split_once(&format!("</{name}"))
                .map_or("", |(_, after)| after),
            None => mark,
        };
        rest = inner.split_once('>').map_or("", |(_, after)| after);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_told_without_its_marks() {
        let page =
            b"<html><style>a{}</style>\n<body><h1>403</h1>\tForbidden<script>x<y</script>!</html>";
        assert_eq!(
            words_of("text/HTML; charset=utf-8", page),
            "403 Forbidden !"
        );
        assert_eq!(words_of("text/html", b"<a <b> c"), "c");
    }

    #[test]
    fn plain_words_are_told_and_pictures_are_not() {
        assert_eq!(words_of("application/json", b"{\"a\":\n 1}"), "{\"a\": 1}");
        assert_eq!(
            words_of("text/plain", b"no \xff\x1b[31m refe\x07rer"),
            "no [31m refe rer"
        );
        assert_eq!(words_of("image/png", b"words"), "");
        assert_eq!(words_of("", b"words"), "");
        assert_eq!(words_of("text/plain", &[b'a'; 999]).len(), MOST);
    }
}
