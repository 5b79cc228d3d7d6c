//! The gate: instructions that a stage takes on the made-up night, counted by valgrind, against the committed list.
//!
//! Times are noise on a busy machine, counts are not. A count that grew by more than [`ALLOWED_PCT`] fails.

use std::{fmt, path::Path, process::Command};

use crate::stage::Stage;

/// Growth of a count that passes, percent.
pub const ALLOWED_PCT: u64 = 3;

/// Times a stage runs in the shorter of two counts; the longer runs three times as often, and the difference is free
/// of everything around the stage.
const TIMES: u64 = 5;

/// Instructions of each stage for one night.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts(Vec<(String, u64)>);

/// What the gate says of one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Name of the stage.
    pub stage: String,
    /// Committed count; `None` for a stage that the list does not know.
    pub old: Option<u64>,
    /// Count of this run.
    pub new: u64,
}

impl Counts {
    /// Counts the instructions of `stages` on `file` with `program`, which understands `work STAGE TIMES FILE`.
    ///
    /// # Errors
    /// Valgrind cannot be started, or did not say a count.
    pub fn measure(stages: &[Stage], program: &Path, file: &Path) -> Result<Self, String> {
        let count = |stage: &Stage| Ok((stage.name(), instructions(*stage, program, file)?));
        stages.iter().map(count).collect::<Result<_, String>>().map(Self)
    }

    /// Reads a list: a line for each stage, its name and its count.
    ///
    /// # Errors
    /// The line that is none.
    pub fn read(text: &str) -> Result<Self, String> {
        let line = |line: &str| {
            let (stage, count) = line.split_once(' ').ok_or(())?;
            Ok((stage.to_owned(), count.trim().parse().map_err(|_| ())?))
        };
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let read = |text| line(text).map_err(|()| format!("not a stage and its count: {text:?}"));
        lines.map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Count of one stage.
    #[must_use]
    pub fn of(&self, stage: &str) -> Option<u64> {
        self.0.iter().find(|(name, _)| name == stage).map(|(_, count)| *count)
    }

    /// This run against the committed list, stage by stage.
    #[must_use]
    pub fn against(&self, old: &Self) -> Vec<Verdict> {
        let verdict =
            |(stage, new): &(String, u64)| Verdict { stage: stage.clone(), old: old.of(stage), new: *new };
        self.0.iter().map(verdict).collect()
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# Instructions for one made-up night, by `cargo xtask gate --bless`.")?;
        self.0.iter().try_for_each(|(stage, count)| writeln!(f, "{stage} {count}"))
    }
}

impl Verdict {
    /// Whether the count did not grow by more than [`ALLOWED_PCT`].
    #[must_use]
    pub fn passes(&self) -> bool {
        self.old.is_some_and(|old| self.new * 100 <= old * (100 + ALLOWED_PCT))
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stage, old, new } = self;
        let word = if self.passes() { "ok" } else { "FAILED" };
        match old {
            Some(old) => {
                let change = (*new as f64 / *old as f64 - 1.0) * 100.0;
                write!(f, "{word:<6} {stage:<18} {old:>12} -> {new:>12} instructions ({change:+.2} %)")
            }
            None => write!(f, "{word:<6} {stage:<18} {new:>12} instructions, not in the list yet"),
        }
    }
}

/// Instructions of one run of a stage.
fn instructions(stage: Stage, program: &Path, file: &Path) -> Result<u64, String> {
    let few = collected(stage, TIMES, program, file)?;
    let many = collected(stage, 3 * TIMES, program, file)?;
    Ok(many.saturating_sub(few) / (2 * TIMES))
}

fn collected(stage: Stage, times: u64, program: &Path, file: &Path) -> Result<u64, String> {
    let answer = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .args([program.as_os_str(), "work".as_ref(), stage.name().as_ref()])
        .arg(times.to_string())
        .arg(file)
        .output()
        .map_err(|error| format!("cannot start valgrind ({error}); install the package valgrind"))?;
    let said = String::from_utf8_lossy(&answer.stderr);
    let count = said.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok());
    count.filter(|_| answer.status.success()).ok_or_else(|| format!("valgrind gave no count: {said}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(old: u64, new: u64) -> Verdict {
        let (old, new) = (Counts(vec![("parse".to_owned(), old)]), Counts(vec![("parse".to_owned(), new)]));
        new.against(&old).remove(0)
    }

    #[test]
    fn three_percent_more_pass_and_one_instruction_beyond_fails() {
        assert!(verdict(1_000, 1_030).passes());
        assert!(!verdict(1_000, 1_031).passes());
    }

    #[test]
    fn fewer_instructions_pass() {
        assert!(verdict(1_000, 10).passes());
    }

    #[test]
    fn a_failure_names_the_old_and_the_new_figure() {
        let said = verdict(400_000, 500_000).to_string();
        assert!(said.starts_with("FAILED parse"), "{said}");
        assert!(said.contains("400000 -> ") && said.contains("500000 instructions (+25.00 %)"), "{said}");
    }

    #[test]
    fn a_stage_that_was_never_counted_fails() {
        let new = Counts(vec![("reduce".to_owned(), 7)]);
        let verdicts = new.against(&Counts(vec![]));
        assert!(!verdicts[0].passes());
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let counts = Counts(vec![("parse".to_owned(), 7), ("line".to_owned(), 8)]);
        assert_eq!(Counts::read(&counts.to_string()), Ok(counts));
    }

    #[test]
    fn a_list_with_a_broken_line_is_refused_with_it() {
        let complaint = Counts::read("parse many\n").unwrap_err();
        assert!(complaint.contains("parse many"), "{complaint}");
    }
}
