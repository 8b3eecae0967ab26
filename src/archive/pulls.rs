//! Where pulls of tasks stopped, so that they can go on after a cancel, an error or a restart.

use rusqlite::{OptionalExtension as _, params};

use crate::model::ArchiveFault;

use super::Archive;

impl Archive {
    /// Keeps where the pull of that name stopped: text that is its own affair.
    pub fn save_pull(&mut self, key: &str, state: &str) -> Result<(), ArchiveFault> {
        let sql = "INSERT INTO pulls (key, state) VALUES (?1, ?2)
                   ON CONFLICT (key) DO UPDATE SET state = excluded.state";
        self.connection.execute(sql, params![key, state])?;
        Ok(())
    }

    pub fn load_pull(&self, key: &str) -> Result<Option<String>, ArchiveFault> {
        let sql = "SELECT state FROM pulls WHERE key = ?1";
        let state = self.connection.query_row(sql, [key], |row| row.get(0));
        Ok(state.optional()?)
    }

    pub fn forget_pull(&mut self, key: &str) -> Result<(), ArchiveFault> {
        let sql = "DELETE FROM pulls WHERE key = ?1";
        self.connection.execute(sql, [key])?;
        Ok(())
    }
}
