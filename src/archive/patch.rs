//! What a redelivery's bytes have of their own: one stretch; what stands before and behind it is
//! the event's.

/// The stretch in which a text differs from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Patch<'t> {
    /// Bytes both begin with.
    pub(super) start: usize,
    /// Bytes both end with.
    pub(super) end: usize,
    /// What stands between them.
    pub(super) own: &'t [u8],
}

impl<'t> Patch<'t> {
    /// All of a text, with nothing of another.
    pub(super) fn whole(own: &'t [u8]) -> Self {
        Self {
            start: 0,
            end: 0,
            own,
        }
    }

    /// How `text` differs from `base`; `None` when it does not.
    pub(super) fn between(base: &[u8], text: &'t [u8]) -> Option<Self> {
        let pairs = base.iter().zip(text);
        let start = pairs.take_while(|(a, b)| a == b).count();
        if start == base.len() && start == text.len() {
            return None;
        }
        let (base, rest) = (base.get(start..)?, text.get(start..)?);
        let pairs = base.iter().rev().zip(rest.iter().rev());
        let end = pairs.take_while(|(a, b)| a == b).count();
        let own = rest.get(..rest.len() - end)?;
        Some(Self { start, end, own })
    }

    pub(super) fn needs_base(&self) -> bool {
        self.start > 0 || self.end > 0
    }

    /// The text again; `None` when `base` is too short to be the one it was made for.
    pub(super) fn apply(&self, base: &[u8]) -> Option<Vec<u8>> {
        let tail = base.len().checked_sub(self.end)?;
        let parts = [base.get(..self.start)?, self.own, base.get(tail..)?];
        Some(parts.concat())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::Patch;

    #[test]
    fn only_the_difference_is_kept() {
        let (base, text) = (b"{\"H\":\"12\",\"a\":1}", b"{\"H\":\"345\",\"a\":1}");
        let patch = Patch::between(base, text).unwrap();
        assert_eq!(patch.own, b"345");
        assert_eq!(patch.apply(base).unwrap(), text);
        assert_eq!(Patch::between(base, base), None);
    }

    proptest! {
        #[test]
        fn any_text_comes_back(
            head in any::<Vec<u8>>(), base in any::<Vec<u8>>(),
            text in any::<Vec<u8>>(), tail in any::<Vec<u8>>(),
        ) {
            let base = [head.as_slice(), &base, &tail].concat();
            let text = [head.as_slice(), &text, &tail].concat();
            let again = match Patch::between(&base, &text) {
                Some(patch) => patch.apply(&base).unwrap(),
                None => base,
            };
            assert_eq!(again, text);
        }
    }
}
