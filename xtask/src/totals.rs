//! Reads how many tests ran out of what a test runner printed.

/// Tests of one or more runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) skipped: u32,
}

impl Totals {
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed.saturating_add(other.passed),
            failed: self.failed.saturating_add(other.failed),
            skipped: self.skipped.saturating_add(other.skipped),
        }
    }
}

/// Whose output it is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Runner {
    /// `cargo test`: one "test result:" line for each test binary.
    Cargo,
    /// `pytest`: one line at the end.
    Pytest,
    /// `node --test`: one line for each outcome, with a sign in front that depends on the reporter.
    Node,
}

impl Runner {
    /// The totals, or `None` when the output does not hold them: then nobody knows what ran.
    pub(crate) fn totals(self, output: &str) -> Option<Totals> {
        let plain = without_colours(output);
        match self {
            Self::Cargo => cargo(&plain),
            Self::Pytest => pytest(&plain),
            Self::Node => node(&plain),
        }
    }
}

fn cargo(output: &str) -> Option<Totals> {
    let mut lines = output.lines().filter_map(|line| line.strip_prefix("test result: ")).peekable();
    lines.peek()?;
    lines.try_fold(Totals::default(), |sum, line| {
        let counted = Totals {
            passed: count(line, "passed")?,
            failed: count(line, "failed")?,
            skipped: count(line, "ignored")?,
        };
        Some(sum.plus(counted))
    })
}

fn pytest(output: &str) -> Option<Totals> {
    let last = output.lines().rev().find(|line| !line.trim().is_empty())?;
    let (counts, _time) = last.rsplit_once(" in ")?;
    let of = |word| count(counts, word).unwrap_or(0);
    let totals = Totals {
        passed: of("passed").saturating_add(of("xfailed")),
        failed: of("failed")
            .saturating_add(of("error"))
            .saturating_add(of("errors"))
            .saturating_add(of("xpassed")),
        skipped: of("skipped"),
    };
    (totals != Totals::default()).then_some(totals)
}

fn node(output: &str) -> Option<Totals> {
    let of = |word: &str| {
        output.lines().rev().find_map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["#" | "ℹ", name, number] if *name == word => number.parse::<u32>().ok(),
                _ => None,
            }
        })
    };
    Some(Totals {
        passed: of("pass")?,
        failed: of("fail")?.saturating_add(of("cancelled")?),
        skipped: of("skipped")?.saturating_add(of("todo")?),
    })
}

/// The number in front of `word`: `count("3 passed; 1 failed", "failed") == Some(1)`.
fn count(line: &str, word: &str) -> Option<u32> {
    let words: Vec<&str> = line.split([' ', ';', ',', '.', '=']).filter(|part| !part.is_empty()).collect();
    words.windows(2).find_map(|pair| match pair {
        [number, name] if *name == word => number.parse().ok(),
        _ => None,
    })
}

fn without_colours(output: &str) -> String {
    let mut plain = String::with_capacity(output.len());
    let mut in_colour = false;
    for c in output.chars() {
        match c {
            '\u{1b}' => in_colour = true,
            _ if in_colour => in_colour = !c.is_ascii_alphabetic(),
            _ => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(passed: u32, failed: u32, skipped: u32) -> Option<Totals> {
        Some(Totals { passed, failed, skipped })
    }

    #[test]
    fn the_test_binaries_of_cargo_are_summed() {
        let output = "running 2 tests\n\
            test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            \n   Doc-tests oxicore\n\
            test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s\n";
        assert_eq!(Runner::Cargo.totals(output), totals(14, 3, 1));
    }

    #[test]
    fn a_build_that_never_ran_a_test_has_no_totals() {
        assert_eq!(Runner::Cargo.totals("error: could not compile `oxicore`"), None);
        assert_eq!(Runner::Pytest.totals("ImportError: no module"), None);
        assert_eq!(Runner::Pytest.totals("no tests ran in 0.01s"), None);
        assert_eq!(Runner::Node.totals("Error: cannot find module"), None);
    }

    #[test]
    fn pytest_says_its_totals_in_the_last_line() {
        let output = "....s\n=== 1 failed, 24 passed, 5 skipped, 1 error in 0.31s ===\n";
        assert_eq!(Runner::Pytest.totals(output), totals(24, 2, 5));
        assert_eq!(Runner::Pytest.totals("....\n4 passed in 0.02s\n"), totals(4, 0, 0));
    }

    #[test]
    fn node_is_read_in_either_of_its_reporters() {
        let tap = "# tests 9\n# suites 0\n# pass 7\n# fail 1\n# cancelled 1\n# skipped 0\n# todo 0\n# duration_ms 93\n";
        assert_eq!(Runner::Node.totals(tap), totals(7, 2, 0));
        let spec = "ℹ tests 3\nℹ pass 2\nℹ fail 0\nℹ cancelled 0\nℹ skipped 1\nℹ todo 0\n";
        assert_eq!(Runner::Node.totals(spec), totals(2, 0, 1));
    }

    #[test]
    fn colours_do_not_hide_the_totals() {
        let output = "test result: \u{1b}[32mok\u{1b}[0m. 5 passed; 0 failed; 0 ignored; 0 measured\n";
        assert_eq!(Runner::Cargo.totals(output), totals(5, 0, 0));
    }
}
