//! The bytes of one request, counted against what all requests may hold together.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// So much every request may hold, so that small callbacks get through whatever big ones do.
const FREE: usize = 64 << 10;

/// Bytes held by all requests.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory(Arc<AtomicUsize>);

/// A body as far as it has come.
#[derive(Debug)]
pub(super) struct Body {
    bytes: Vec<u8>,
    memory: Memory,
    limit: usize,
}

/// There is no room for more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Full;

impl Body {
    /// An empty body; all of them together hold `limit` bytes and what is free.
    pub(super) fn new(memory: &Memory, limit: usize) -> Self {
        Self {
            bytes: Vec::new(),
            memory: memory.clone(),
            limit,
        }
    }

    pub(super) fn push(&mut self, more: &[u8]) -> Result<(), Full> {
        let held = self.memory.0.fetch_add(more.len(), Ordering::Relaxed);
        self.bytes.extend_from_slice(more);
        if self.bytes.len() > FREE && held.saturating_add(more.len()) > self.limit {
            return Err(Full);
        }
        Ok(())
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes alone, counted no longer.
    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        self.release();
        std::mem::take(&mut self.bytes)
    }

    fn release(&self) {
        self.memory.0.fetch_sub(self.bytes.len(), Ordering::Relaxed);
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        self.release();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn big_bodies_share_the_memory_and_small_ones_always_fit() {
        let memory = Memory::default();
        let big = vec![b' '; 600_000];
        let mut first = Body::new(&memory, 1_000_000);
        assert_eq!(first.push(&big), Ok(()));
        let mut second = Body::new(&memory, 1_000_000);
        assert_eq!(second.push(&big), Err(Full));
        let mut small = Body::new(&memory, 1_000_000);
        assert_eq!(small.push(b"{}"), Ok(()));
        drop(second);
        assert_eq!(first.into_bytes().len(), 600_000);
        assert_eq!(Body::new(&memory, 1_000_000).push(&big), Ok(()));
        drop(small);
        assert_eq!(memory.0.load(Ordering::Relaxed), 0);
    }
}
