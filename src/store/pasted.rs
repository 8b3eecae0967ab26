//! What a pasted word points to.

/// A FileId has 19 digits; account numbers, definitions and times have fewer than this.
const SHORTEST_ID: usize = 15;

/// What to search for when a word was typed or pasted: the word itself, or what a URL points to.
pub(super) fn meant_by(word: &str) -> Vec<String> {
    let from_url = word.split_once("://").map(|(_, rest)| pointed_to(rest));
    match from_url {
        Some(ids) if !ids.is_empty() => ids,
        _ => vec![word.to_owned()],
    }
}

/// The long numbers in a URL, and the last segment of its path.
fn pointed_to(after_scheme: &str) -> Vec<String> {
    let path = after_scheme.split(['?', '#']).next().unwrap_or_default();
    let numbers = after_scheme.split(|c: char| !c.is_ascii_digit());
    let ids = numbers.filter(|digits| digits.len() >= SHORTEST_ID);
    let after_host = path.split_once('/').map_or("", |(_, path)| path);
    let last = after_host.rsplit('/').find(|part| !part.is_empty());
    let last = last.map(percent_decoded);
    ids.map(str::to_owned).chain(last).collect()
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let hex = after
            .get(..2)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(hex.unwrap_or(b'%'));
        rest = after
            .get(if hex.is_some() { 2 } else { 0 }..)
            .unwrap_or_default();
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{meant_by, percent_decoded};

    #[test]
    fn a_url_means_its_long_numbers_and_its_last_segment() {
        assert_eq!(
            meant_by(
                "https://1500001.vod.example/a9vodcq1500001/5285890784273533167/%E5%8A%A8.mp4?t=1"
            ),
            ["5285890784273533167", "动.mp4"]
        );
        assert_eq!(meant_by("https://example.com"), ["https://example.com"]);
        assert_eq!(meant_by("a/b.mp4"), ["a/b.mp4"]);
    }

    #[test]
    fn broken_percent_signs_stay() {
        assert_eq!(percent_decoded("100%25 %zz%"), "100% %zz%");
        assert_eq!(percent_decoded("%ff"), "%ff");
    }
}
