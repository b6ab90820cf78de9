//! Where the parts of a matrix stand in its file, for those who point at them later.

use super::source::Mark;

/// Where the parts of a matrix stand in its file; a line of 0 where the format does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The sheet that it is on, in a workbook; its rows are the lines.
    pub sheet: Option<String>,
    /// The day of its source.
    pub date: Mark,
    /// Each party's name, in column order.
    pub parties: Vec<Mark>,
    /// Each activity's name, in the order of rows.
    pub activities: Vec<Mark>,
    /// Each activity's cells.
    pub cells: Vec<Mark>,
    /// The rule of each allowance.
    pub allowances: Vec<Mark>,
}
