//! Whether a callback is signed: `Sign` is MD5(key + `T`), and `T` the second it expires. That
//! says who sent it, and nothing about the rest of the body.

use md5::{Digest as _, Md5};

use crate::decode::scan::{Kind, ScanError, Scanner};
use crate::model::{Refusal, Secret};

/// Clocks differ: so long after its time a signature is still taken.
const SKEW_SECS: i64 = 300;
/// The service signs for ten minutes; further ahead nothing genuine lies.
const FARTHEST_SECS: i64 = 86_400;

/// Refuses a body that is not signed with `key`, or not for this time.
pub(super) fn check(key: &Secret, body: &[u8], now: i64) -> Result<(), Refusal> {
    let signed = Signed::read(body);
    let (Some(sign), Some(time)) = (signed.sign, signed.time) else {
        return Err(Refusal::BadSign);
    };
    if !is_same(&sign, &expected(key, &time)) {
        return Err(Refusal::BadSign);
    }
    let Ok(expires) = time.parse::<i64>() else {
        return Err(Refusal::BadSign);
    };
    let ahead = expires.saturating_sub(now);
    if ahead < -SKEW_SECS {
        return Err(Refusal::Expired {
            secs: ahead.saturating_neg(),
        });
    }
    if ahead > FARTHEST_SECS {
        return Err(Refusal::FromTheFuture { secs: ahead });
    }
    Ok(())
}

fn expected(key: &Secret, time: &str) -> [u8; 16] {
    let mut hash = Md5::new();
    hash.update(key.expose().as_bytes());
    hash.update(time.as_bytes());
    hash.finalize().into()
}

/// Compares in the same time whatever differs.
fn is_same(sign: &str, expected: &[u8; 16]) -> bool {
    let Some(given) = from_hex(sign) else {
        return false;
    };
    let difference = given
        .iter()
        .zip(expected)
        .fold(0, |all, (a, b)| all | (a ^ b));
    std::hint::black_box(difference) == 0
}

/// 32 hexadecimal digits in either case.
fn from_hex(text: &str) -> Option<[u8; 16]> {
    let digits: &[u8; 32] = text.as_bytes().try_into().ok()?;
    let mut bytes = [0; 16];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        for digit in pair {
            let value = char::from(*digit).to_digit(16)?;
            *byte = (*byte << 4) | u8::try_from(value).ok()?;
        }
    }
    Some(bytes)
}

/// The two members of the outermost object, as text.
#[derive(Debug, Default)]
struct Signed {
    sign: Option<String>,
    time: Option<String>,
}

impl Signed {
    /// What stands before the first fault counts: the signature does not cover the rest.
    fn read(body: &[u8]) -> Self {
        let mut signed = Self::default();
        if let Ok(text) = std::str::from_utf8(body) {
            let _fault = signed.scan(text);
        }
        signed
    }

    fn scan(&mut self, text: &str) -> Result<(), ScanError> {
        let mut scanner = Scanner::new(text);
        scanner.enter_object()?;
        while let Some(name) = scanner.next_member()? {
            if name.is("Sign") {
                self.sign = word(text, &mut scanner)?;
            } else if name.is("T") {
                self.time = word(text, &mut scanner)?;
            } else {
                scanner.skip_value()?;
            }
        }
        Ok(())
    }
}

/// A string's text or a number as it is written.
fn word(text: &str, scanner: &mut Scanner<'_>) -> Result<Option<String>, ScanError> {
    match scanner.peek()? {
        Kind::String => Ok(Some(scanner.string()?.unescape().into_owned())),
        Kind::Number => {
            let start = scanner.offset();
            scanner.skip_value()?;
            Ok(text.get(start..scanner.offset()).map(str::to_owned))
        }
        _ => {
            scanner.skip_value()?;
            Ok(None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: i64 = 1_700_000_600;
    const SIGN: &str = "1eb16557f620abe83b335ebf0197f429";

    fn checked(body: &str, now: i64) -> Result<(), Refusal> {
        check(&Secret::new("abc123"), body.as_bytes(), now)
    }

    fn signed(sign: &str, time: &str) -> String {
        format!(
            r#"{{"EventType":"FileDeleted","Sign":"{sign}","T":{time},"FileDeleteEvent":null}}"#
        )
    }

    #[test]
    fn the_published_example_is_taken_in_either_case() {
        assert_eq!(checked(&signed(SIGN, "1700000600"), T), Ok(()));
        let upper = SIGN.to_uppercase();
        assert_eq!(checked(&signed(&upper, "\"1700000600\""), T), Ok(()));
    }

    #[test]
    fn a_clock_may_be_five_minutes_off() {
        let body = signed(SIGN, "1700000600");
        assert_eq!(checked(&body, T + 300), Ok(()));
        assert_eq!(checked(&body, T + 301), Err(Refusal::Expired { secs: 301 }));
        assert_eq!(checked(&body, T - 86_400), Ok(()));
        let future = Err(Refusal::FromTheFuture { secs: 86_401 });
        assert_eq!(checked(&body, T - 86_401), future);
    }

    #[test]
    fn anything_else_is_refused() {
        let wrong = SIGN.replace('1', "2");
        for body in [
            signed(&wrong, "1700000600"),
            signed(SIGN, "1700000601"),
            signed(SIGN, "null"),
            signed("", "1700000600"),
            signed(&SIGN.replace('1', "\u{ff11}"), "1700000600"),
            format!(r#"{{"Sign":"{SIGN}"}}"#),
            format!(r#"{{"Inner":{{"Sign":"{SIGN}","T":1700000600}}}}"#),
            format!(r#"[{{"Sign":"{SIGN}","T":1700000600}}]"#),
            String::new(),
            "no JSON".to_owned(),
        ] {
            assert_eq!(checked(&body, T), Err(Refusal::BadSign), "{body}");
        }
    }

    #[test]
    fn a_fault_after_the_signature_changes_nothing() {
        let body = format!(r#"{{"Sign":"{SIGN}","T":1700000600,"EventType":"#);
        assert_eq!(checked(&body, T), Ok(()));
    }
}
