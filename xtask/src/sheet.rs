//! What ran, part by part, and the sum of it.

use std::time::{Duration, Instant};

use crate::{
    failure::Failure,
    repo::Repo,
    step::Step,
    totals::{Runner, Totals},
};

/// All parts of one test run.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    name: &'static str,
    totals: Totals,
    checks: u32,
    took: Duration,
}

/// A part while it runs.
#[derive(Debug)]
pub(crate) struct Part<'r> {
    pub(crate) repo: &'r Repo,
    totals: Totals,
    checks: u32,
}

impl Sheet {
    /// Runs one part; what goes wrong in it is counted and does not stop the others.
    pub(crate) fn part(
        &mut self,
        repo: &Repo,
        name: &'static str,
        run: impl FnOnce(&mut Part<'_>) -> Result<(), Failure>,
    ) {
        println!("{name}");
        let started = Instant::now();
        let mut part = Part { repo, totals: Totals::default(), checks: 0 };
        if let Err(failure) = run(&mut part) {
            part.fail(&failure.to_string());
        }
        self.rows.push(Row { name, totals: part.totals, checks: part.checks, took: started.elapsed() });
    }

    /// Every test of every part.
    pub(crate) fn totals(&self) -> Totals {
        self.rows.iter().fold(Totals::default(), |sum, row| sum.plus(row.totals))
    }

    /// The table and, as its last line, the sum.
    pub(crate) fn table(&self) -> String {
        let mut text = String::from("\npart      passed  failed  skipped  checks     time\n");
        for row in &self.rows {
            let Totals { passed, failed, skipped } = row.totals;
            let seconds = row.took.as_secs_f64();
            text.push_str(&format!(
                "{:<8} {passed:>7} {failed:>7} {skipped:>8} {:>7} {seconds:>6.1} s\n",
                row.name, row.checks
            ));
        }
        let sum = self.totals();
        text.push_str(&format!("\n{} passed, {} failed\n", sum.passed, sum.failed));
        text
    }
}

impl Part<'_> {
    /// A step that is right or wrong as a whole: a build, a lint.
    pub(crate) fn check(&mut self, step: Step) -> Result<(), Failure> {
        let name = step.name().to_owned();
        if step.run(self.repo)?.ok {
            self.checks = self.checks.saturating_add(1);
        } else {
            self.fail(&format!("{name}: failed"));
        }
        Ok(())
    }

    /// A check of this tool's own.
    pub(crate) fn check_own(&mut self, name: &str, complaints: &[String]) {
        if complaints.is_empty() {
            println!("  {name} ... ok");
            self.checks = self.checks.saturating_add(1);
        }
        for complaint in complaints {
            self.fail(&format!("{name}: {complaint}"));
        }
    }

    /// A step that runs tests. Totals that cannot be read, no test at all, and a failure nobody counted are failures;
    /// so is a test left out on a machine that has the real nights.
    pub(crate) fn tests(&mut self, step: Step, runner: Runner) -> Result<(), Failure> {
        let name = step.name().to_owned();
        let ran = step.run(self.repo)?;
        let totals = runner.totals(&ran.output).unwrap_or_default();
        self.totals = self.totals.plus(totals);
        println!("    {} passed, {} failed, {} skipped", totals.passed, totals.failed, totals.skipped);
        if !ran.ok && totals.failed == 0 {
            self.fail(&format!("{name}: the runner failed outside its tests"));
        } else if totals == Totals::default() {
            self.fail(&format!("{name}: no totals in its output"));
        }
        if totals.skipped > 0 && self.repo.real_nights().is_some() {
            self.fail(&format!("{name}: {} tests were skipped", totals.skipped));
        }
        Ok(())
    }

    fn fail(&mut self, what: &str) {
        println!("  FAILED {what}");
        self.totals.failed = self.totals.failed.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(run: fn(&mut Part<'_>) -> Result<(), Failure>) -> Sheet {
        let mut sheet = Sheet::default();
        sheet.part(&Repo::find().unwrap(), "part", run);
        sheet
    }

    fn shell(part: &Part<'_>, name: &str, script: &str) -> Step {
        Step::new(part.repo, name, "sh").args(["-c", script])
    }

    #[test]
    fn the_last_line_is_the_plain_sum() {
        let sheet = sheet(|part| {
            let step =
                shell(part, "sheet test sum", "echo 'test result: ok. 7 passed; 0 failed; 0 ignored;'");
            part.tests(step, Runner::Cargo)
        });
        assert_eq!(sheet.table().lines().last(), Some("7 passed, 0 failed"));
    }

    #[test]
    fn a_runner_that_says_nothing_is_a_failure() {
        let sheet = sheet(|part| part.tests(shell(part, "sheet test silent", "true"), Runner::Cargo));
        assert_eq!(sheet.totals().failed, 1);
    }

    #[test]
    fn a_runner_that_dies_after_green_tests_is_a_failure() {
        let sheet = sheet(|part| {
            let script = "echo 'test result: ok. 7 passed; 0 failed; 0 ignored;'; exit 3";
            part.tests(shell(part, "sheet test dies", script), Runner::Cargo)
        });
        assert_eq!((sheet.totals().passed, sheet.totals().failed), (7, 1));
    }

    #[test]
    fn a_failing_check_is_counted_and_the_next_part_still_runs() {
        let mut sheet = sheet(|part| part.check(shell(part, "sheet test check", "exit 1")));
        sheet.part(&Repo::find().unwrap(), "next", |part| {
            part.check(shell(part, "sheet test next", "true"))?;
            Err(Failure::new("then it breaks"))
        });
        assert_eq!(sheet.totals().failed, 2);
        assert_eq!(sheet.rows.len(), 2);
    }
}
