//! What a drill measured, and the bounds it keeps.

use std::fmt::{self, Display};

/// The figures of one drill on one set of stores.
pub struct Figures {
    title: String,
    rows: Vec<Row>,
}

struct Row {
    name: &'static str,
    measured: String,
    /// The bound in words and whether it is kept.
    bound: Option<(String, bool)>,
}

impl Figures {
    /// None yet.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), rows: Vec::new() }
    }

    /// A figure that nothing is promised about.
    pub fn tell(&mut self, name: &'static str, measured: impl Display) {
        self.rows.push(Row { name, measured: measured.to_string(), bound: None });
    }

    /// A figure that must not be larger.
    pub fn at_most<T: Display + PartialOrd>(&mut self, name: &'static str, measured: T, bound: T) {
        let is_kept = measured <= bound;
        let bound = Some((format!("at most {bound}"), is_kept));
        self.rows.push(Row { name, measured: measured.to_string(), bound });
    }

    /// A figure that must not be smaller.
    pub fn at_least<T: Display + PartialOrd>(&mut self, name: &'static str, measured: T, bound: T) {
        let is_kept = measured >= bound;
        let bound = Some((format!("at least {bound}"), is_kept));
        self.rows.push(Row { name, measured: measured.to_string(), bound });
    }

    /// How many bounds were kept.
    pub fn held(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row.bound, Some((_, true)))).count()
    }

    /// How many bounds were not kept.
    pub fn broken(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row.bound, Some((_, false)))).count()
    }
}

impl Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        for Row { name, measured, bound } in &self.rows {
            match bound {
                None => writeln!(f, "  {name:<44} {measured:>10}")?,
                Some((bound, is_kept)) => {
                    let word = if *is_kept { "kept" } else { "BROKEN" };
                    writeln!(f, "  {name:<44} {measured:>10}   {bound}: {word}")?;
                }
            }
        }
        Ok(())
    }
}
