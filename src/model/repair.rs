//! What was mended on request before a record could be read.

/// What was mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RepairKind {
    /// `// …` or `/* … */` was taken out.
    Comment,
    /// A comma before a closing bracket was taken out.
    TrailingComma,
    /// A `;` outside strings was taken out.
    Semicolon,
    /// `，、：“”｛｝［］` outside strings became their ASCII counterparts.
    FullWidth,
    /// A line break or another control character in a string was escaped.
    ControlCharacter,
}

/// One kind of mending, and how often it was needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repair {
    pub kind: RepairKind,
    /// Of the first one, from 1.
    pub line: u64,
    pub count: u32,
}
