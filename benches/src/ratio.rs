//! A figure of a run, and whether it reaches its goal.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Which side of the goal is the good one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// The more the better.
    AtLeast,
    /// The less the better.
    AtMost,
}

/// One line of the result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ratio {
    /// Stage it belongs to.
    pub group: String,
    /// What is compared, in words.
    pub name: String,
    /// Figure of oxicore, in `unit`.
    pub ours: Option<f64>,
    /// Figure of the peer, in `unit`.
    pub peer: Option<f64>,
    /// Unit of both.
    pub unit: String,
    /// Peer by ours, or whatever `name` says; without a peer the figure itself.
    pub ratio: Option<f64>,
    /// Goal for `ratio`; `None` is a figure for information.
    pub goal: Option<f64>,
    /// Side of the goal.
    #[serde(default = "Bound::usual")]
    pub bound: Bound,
    /// Whether the goal is reached; `None` without a goal or without a measurement.
    #[serde(default)]
    pub pass: Option<bool>,
}

impl Bound {
    const fn usual() -> Self {
        Self::AtLeast
    }
}

impl Ratio {
    /// How many times as long the peer takes.
    #[must_use]
    pub fn times_faster(group: &str, name: &str, ours: Option<f64>, peer: Option<f64>, unit: &str) -> Self {
        Self::of(group, name, ours, peer, unit, ours.zip(peer).map(|(ours, peer)| peer / ours))
    }

    /// How many times as long oxicore takes as the loop it is held against.
    #[must_use]
    pub fn times_slower(group: &str, name: &str, ours: Option<f64>, peer: Option<f64>, unit: &str) -> Self {
        Self::of(group, name, ours, peer, unit, ours.zip(peer).map(|(ours, peer)| ours / peer))
    }

    /// A figure without a peer.
    #[must_use]
    pub fn figure(group: &str, name: &str, figure: Option<f64>, unit: &str) -> Self {
        Self::of(group, name, figure, None, unit, figure)
    }

    /// Wants `goal` or more.
    #[must_use]
    pub fn at_least(self, goal: f64) -> Self {
        let pass = self.ratio.map(|ratio| ratio >= goal);
        Self { goal: Some(goal), bound: Bound::AtLeast, pass, ..self }
    }

    /// Wants `goal` or less.
    #[must_use]
    pub fn at_most(self, goal: f64) -> Self {
        let pass = self.ratio.map(|ratio| ratio <= goal);
        Self { goal: Some(goal), bound: Bound::AtMost, pass, ..self }
    }

    /// A figure without a peer is its own ratio.
    #[must_use]
    pub fn completed(self) -> Self {
        Self { ratio: self.ratio.or(self.ours.filter(|_| self.peer.is_none())), ..self }
    }

    fn of(
        group: &str,
        name: &str,
        ours: Option<f64>,
        peer: Option<f64>,
        unit: &str,
        ratio: Option<f64>,
    ) -> Self {
        let (group, name, unit) = (group.to_owned(), name.to_owned(), unit.to_owned());
        Self { group, name, ours, peer, unit, ratio, goal: None, bound: Bound::AtLeast, pass: None }
    }

    /// `PASS`, or what was reached instead.
    #[must_use]
    pub fn verdict(&self) -> String {
        match (self.pass, self.ratio) {
            (Some(true), _) => "PASS".to_owned(),
            (Some(false), Some(ratio)) => format!("reached {}", short(ratio)),
            (_, None) => "not measured".to_owned(),
            (None, _) => "for information".to_owned(),
        }
    }

    /// The goal in signs.
    #[must_use]
    pub fn wanted(&self) -> String {
        let sign = match self.bound {
            Bound::AtLeast => "≥",
            Bound::AtMost => "≤",
        };
        self.goal.map_or_else(String::new, |goal| format!("{sign} {}", short(goal)))
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = self.ratio.map_or_else(|| "-".to_owned(), short);
        let sides = match (self.ours, self.peer) {
            (Some(ours), Some(peer)) => format!("{} against {} {}", short(ours), short(peer), self.unit),
            _ => self.unit.clone(),
        };
        let (group, name, wanted, verdict) = (&self.group, &self.name, self.wanted(), self.verdict());
        write!(f, "{group:<9} {name:<78} {ratio:>9} {wanted:>8}  {verdict:<15} {sides}")
    }
}

/// Three digits that mean something.
#[must_use]
pub fn short(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 || value.fract() == 0.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 0.1 => format!("{value:.2}"),
        _ => format!("{value:.4}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peer_that_takes_twelve_times_as_long_reaches_a_goal_of_twelve() {
        let ratio = Ratio::times_faster("csv", "nom", Some(5.0), Some(60.0), "ns").at_least(12.0);
        assert_eq!((ratio.ratio, ratio.pass), (Some(12.0), Some(true)));
    }

    #[test]
    fn a_missed_goal_says_what_was_reached() {
        let ratio = Ratio::times_slower("binary", "copy", Some(13.0), Some(10.0), "ns").at_most(1.2);
        assert_eq!(ratio.verdict(), "reached 1.30");
    }

    #[test]
    fn a_figure_of_another_program_is_held_against_its_goal() {
        let line = r#"{"group":"web","name":"size","ours":81.5,"peer":null,"unit":"kB","ratio":null,"goal":60,"bound":"at-most","pass":false}"#;
        let ratio: Ratio = serde_json::from_str(line).unwrap();
        let ratio = ratio.completed();
        assert_eq!((ratio.wanted(), ratio.verdict()), ("≤ 60".to_owned(), "reached 81.5".to_owned()));
    }

    #[test]
    fn what_was_not_measured_neither_passes_nor_fails() {
        let ratio = Ratio::times_faster("analysis", "pobm", Some(5.0), None, "ns").at_least(150.0);
        assert_eq!((ratio.pass, ratio.verdict().as_str()), (None, "not measured"));
    }
}
