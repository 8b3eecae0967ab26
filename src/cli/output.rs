//! Rows as an aligned table, as CSV or as JSON.

use std::borrow::Cow;
use std::io::{self, Write};

use serde_json::Value;

use crate::text::width::{cut_middle, width_of as width};

/// Text that cannot move the cursor, colour the terminal or break its line: control characters
/// are written as escapes.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if c.is_control() {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Visible text in so many columns, with its middle left out when it is longer.
pub(super) fn shortened(text: &str, columns: usize) -> Cow<'_, str> {
    let shown = visible(text);
    if width(&shown) <= columns {
        return shown;
    }
    Cow::Owned(cut_middle(&shown, columns))
}

/// A table for a person, with what its columns are called above it.
pub(super) fn table(header: &[&str], rows: &[Vec<String>], out: &mut dyn Write) -> io::Result<()> {
    let header = header.iter().map(|title| (*title).to_owned()).collect();
    let mut all = vec![header];
    all.extend_from_slice(rows);
    cells(&all, out)
}

/// Rows for a person: columns padded to their widest cell, two spaces apart.
pub(super) fn cells(rows: &[Vec<String>], out: &mut dyn Write) -> io::Result<()> {
    let visible = |row: &Vec<String>| row.iter().map(|cell| visible(cell).into_owned()).collect();
    let rows: Vec<Vec<String>> = rows.iter().map(visible).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width_of = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| width(cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width_of).collect();
    for row in &rows {
        line(row.iter().map(String::as_str), &widths, out)?;
    }
    Ok(())
}

/// One row of a table; what is wider than its column pushes the rest to the right.
pub(super) fn line<'a>(
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

/// Values as CSV, a column for each path of members; what is `null` is an empty cell.
pub(super) fn csv<T: serde::Serialize>(
    columns: &[&str],
    values: impl Iterator<Item = T>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(columns).map_err(io_error)?;
    for value in values {
        let value = serde_json::to_value(value)?;
        let row = columns.iter().map(|path| cell(&value, path));
        writer.write_record(row).map_err(io_error)?;
    }
    writer.flush()
}

fn cell(value: &Value, path: &str) -> String {
    match path
        .split('.')
        .try_fold(value, |value, member| value.get(member))
    {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
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

/// JSON values, one a line.
pub(super) fn ndjson<T: serde::Serialize>(
    mut values: impl Iterator<Item = T>,
    out: &mut dyn Write,
) -> io::Result<()> {
    values.try_for_each(|value| json_line(&value, out))
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
    fn control_characters_cannot_reach_the_terminal() {
        assert_eq!(visible("a\u{1b}[31m\n动物"), "a\\u{1b}[31m\\n动物");
        let mut out = Vec::new();
        table(&["NAME"], &[vec!["x\ny".to_owned()]], &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "NAME\nx\\ny\n");
    }

    #[test]
    fn csv_takes_members_by_their_path_and_leaves_unknown_ones_empty() {
        let value = serde_json::json!({"a": {"b": 1}, "c": null, "d": "x,\"y\""});
        let mut out = Vec::new();
        csv(&["a.b", "c", "d", "e.f"], [value].iter(), &mut out).unwrap();
        let expected = "a.b,c,d,e.f\n1,,\"x,\"\"y\"\"\",\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn wide_characters_keep_columns_aligned() {
        let rows = vec![
            vec!["动物".to_owned(), "1".to_owned()],
            vec!["abc".to_owned(), "2".to_owned()],
        ];
        let mut out = Vec::new();
        table(&["NAME", "N"], &rows, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "NAME  N\n动物  1\nabc   2\n"
        );
    }
}
