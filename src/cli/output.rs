//! Rows as an aligned table or as CSV.

use std::io::{self, Write};

/// A table for a person: columns padded to their widest cell, two spaces apart.
pub(super) fn table(header: &[&str], rows: &[Vec<String>], out: &mut dyn Write) -> io::Result<()> {
    let widths: Vec<usize> = header
        .iter()
        .enumerate()
        .map(|(column, title)| {
            let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell));
            cells.chain([width(title)]).max().unwrap_or(0)
        })
        .collect();
    line(header.iter().copied(), &widths, out)?;
    for row in rows {
        line(row.iter().map(String::as_str), &widths, out)?;
    }
    Ok(())
}

fn line<'a>(
    cells: impl Iterator<Item = &'a str>,
    widths: &[usize],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut text = String::new();
    for (cell, wanted) in cells.zip(widths) {
        text.push_str(cell);
        text.push_str(&" ".repeat(wanted.saturating_sub(width(cell)) + 2));
    }
    writeln!(out, "{}", text.trim_end())
}

/// Columns a terminal gives to a text: two for each wide character.
fn width(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF
        | 0xFE30..=0xFE4F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1FAFF | 0x20000..=0x3FFFD)
}

/// The same rows as CSV.
pub(super) fn csv(header: &[&str], rows: &[Vec<String>], out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(header).map_err(io_error)?;
    for row in rows {
        writer.write_record(row).map_err(io_error)?;
    }
    writer.flush()
}

/// Keeps the kind of a failed write, so that a closed pipe is known as one.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// One JSON value and a line feed.
pub(super) fn json_line(value: &impl serde::Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    writeln!(out)
}

/// A JSON array with one element a line.
pub(super) fn json_array<T: serde::Serialize>(
    values: impl Iterator<Item = T>,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, "[")?;
    for (at, value) in values.enumerate() {
        write!(out, "{}", if at == 0 { "\n" } else { ",\n" })?;
        serde_json::to_writer(&mut *out, &value)?;
    }
    writeln!(out, "\n]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_keep_columns_aligned() {
        let rows = vec![
            vec!["动物".to_owned(), "1".to_owned()],
            vec!["abc".to_owned(), "2".to_owned()],
        ];
        let mut out = Vec::new();
        table(&["NAME", "N"], &rows, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "NAME  N\n动物  1\nabc   2\n");
    }
}
