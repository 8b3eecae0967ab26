//! Putting events in: all of a call or nothing, and durable when it returns.

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use crate::model::ArchiveFault;

use super::fault::of_io;
use super::identity::content_hash;
use super::packing::{PACKING, Packer};
use super::patch::Patch;
use super::{Archive, LONGEST_EVENT, Received, Stored};

impl Archive {
    /// Stores events in one transaction. When it returns they have reached the disk; when it
    /// fails none was stored.
    ///
    /// Results stand in the order of `received`.
    pub fn store(&mut self, received: &[Received<'_>]) -> Result<Vec<Stored>, ArchiveFault> {
        self.store_and(received, |_, _| Ok(()))
    }

    /// Like [`Archive::store`], with something else in the same transaction.
    pub(super) fn store_and(
        &mut self,
        received: &[Received<'_>],
        also: impl FnOnce(&Connection, &[Stored]) -> Result<(), ArchiveFault>,
    ) -> Result<Vec<Stored>, ArchiveFault> {
        if received.iter().any(|one| one.bytes.len() > LONGEST_EVENT) {
            let limit = LONGEST_EVENT as u64;
            return Err(ArchiveFault::TooLong { limit });
        }
        let begin = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(begin)?;
        let mut writer = Writer {
            connection: &transaction,
            packer: self.packer.get_mut(),
        };
        let stored = received.iter().map(|one| writer.store(one));
        let stored = stored.collect::<Result<Vec<_>, _>>()?;
        also(&transaction, &stored)?;
        transaction.commit()?;
        Ok(stored)
    }
}

struct Writer<'c> {
    connection: &'c Connection,
    packer: &'c mut Packer,
}

/// An event that is there already.
struct Known {
    id: i64,
    /// Its bytes; `None` when they are damaged.
    bytes: Option<Vec<u8>>,
}

impl Writer<'_> {
    fn store(&mut self, received: &Received<'_>) -> Result<Stored, ArchiveFault> {
        let hash = content_hash(received.bytes, received.kind);
        let Some(known) = self.known(&hash)? else {
            let event = self.add_event(&hash, received)?;
            let delivery = self.add_delivery(event, received, None)?;
            return Ok(Stored {
                delivery,
                repeated: false,
            });
        };
        let patch = match &known.bytes {
            Some(base) => Patch::between(base, received.bytes),
            None => Some(Patch::whole(received.bytes)),
        };
        let delivery = match self.asked_before(known.id, received)? {
            Some(delivery) => self.renew(delivery, received, patch)?,
            None => self.add_delivery(known.id, received, patch)?,
        };
        Ok(Stored {
            delivery,
            repeated: true,
        })
    }

    fn known(&mut self, hash: &[u8]) -> Result<Option<Known>, ArchiveFault> {
        let sql = "SELECT id, len, packing, bytes FROM events WHERE hash = ?1";
        let mut select = self.connection.prepare_cached(sql)?;
        let known = select.query_row([hash], |row| {
            let (len, packing) = (row.get(1)?, row.get(2)?);
            let packed = row.get_ref(3)?.as_blob()?;
            Ok(Known {
                id: row.get(0)?,
                bytes: self.packer.unpack(packing, packed, len).ok(),
            })
        });
        Ok(known.optional()?)
    }

    fn add_event(&mut self, hash: &[u8], received: &Received<'_>) -> Result<i64, ArchiveFault> {
        let packed = self.packer.pack(received.bytes);
        let packed = packed.map_err(|error| of_io(&error))?;
        let sql = "INSERT INTO events (hash, task_id, len, packing, bytes)
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut insert = self.connection.prepare_cached(sql)?;
        let len = received.bytes.len();
        Ok(insert.insert(params![hash, received.task_id, len, PACKING, packed])?)
    }

    fn add_delivery(
        &self,
        event: i64,
        received: &Received<'_>,
        patch: Option<Patch<'_>>,
    ) -> Result<i64, ArchiveFault> {
        let sql = "INSERT INTO deliveries (event, kind, at_ms, len, ended, account, origin,
                   request_id, own_start, own_end, own_bytes)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        let mut insert = self.connection.prepare_cached(sql)?;
        Ok(insert.insert(params![
            event,
            received.kind.code(),
            received.unix_ms,
            received.bytes.len(),
            received.ended,
            received.account,
            received.from,
            received.request_id,
            patch.map(|patch| patch.start),
            patch.map(|patch| patch.end),
            patch.map(|patch| patch.own),
        ])?)
    }

    /// The delivery that answered the same question with the same content.
    fn asked_before(
        &self,
        event: i64,
        received: &Received<'_>,
    ) -> Result<Option<i64>, ArchiveFault> {
        if !received.kind.is_asked() {
            return Ok(None);
        }
        let sql = "SELECT max(id) FROM deliveries WHERE event = ?1 AND kind = ?2 AND account = ?3";
        let mut select = self.connection.prepare_cached(sql)?;
        let question = params![event, received.kind.code(), received.account];
        Ok(select.query_row(question, |row| row.get(0))?)
    }

    /// Puts an answer in the place of the one before.
    fn renew(
        &self,
        delivery: i64,
        received: &Received<'_>,
        patch: Option<Patch<'_>>,
    ) -> Result<i64, ArchiveFault> {
        let sql = "UPDATE deliveries SET at_ms = ?2, len = ?3, ended = max(ended, ?4),
                   origin = ?5, request_id = ?6, own_start = ?7, own_end = ?8, own_bytes = ?9
                   WHERE id = ?1";
        let mut update = self.connection.prepare_cached(sql)?;
        update.execute(params![
            delivery,
            received.unix_ms,
            received.bytes.len(),
            received.ended,
            received.from,
            received.request_id,
            patch.map(|patch| patch.start),
            patch.map(|patch| patch.end),
            patch.map(|patch| patch.own),
        ])?;
        Ok(delivery)
    }
}
