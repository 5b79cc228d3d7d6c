//! Who is faster: interleaved rounds of CPU time, the median of each lane, and the median of the rounds' ratios.
//!
//! Wall time on a shared machine measures the neighbours. The thread's own CPU time still moves with clock and caches,
//! for all lanes of a round together: only the ratio of two lanes says something, and most within one round.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::python::Python;
use crate::ratio::Ratio;

/// A measurement lasts at least this long, so that the clock's own cost does not show.
const LEAST: Duration = Duration::from_millis(2);

/// Lanes that take turns.
#[derive(Default)]
pub struct Race<'a> {
    lanes: Vec<Lane<'a>>,
}

struct Lane<'a> {
    name: String,
    /// Nanoseconds of one turn.
    turn: Box<dyn FnMut() -> Result<f64, String> + 'a>,
    nanoseconds: Vec<f64>,
}

/// Time of each lane in each round.
#[derive(Debug, Clone)]
pub struct Times(Vec<(String, Vec<f64>)>);

/// A lane, and by what its time is divided: rows, points, or nanoseconds of the unit.
pub type Side<'a> = (&'a str, f64);

impl<'a> Race<'a> {
    /// No lane yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A lane of this process. `work` is one run; short runs are repeated within a turn.
    #[must_use]
    pub fn lane(mut self, name: &str, mut work: impl FnMut() + 'a) -> Self {
        let mut repeats = None;
        let turn = move || {
            let repeats = *repeats.get_or_insert_with(|| repeats_of(&mut work));
            Ok(nanoseconds(|| (0..repeats).for_each(|_| work())) / f64::from(repeats))
        };
        self.add(name, Box::new(turn));
        self
    }

    /// A lane of the Python process, if there is one.
    #[must_use]
    pub fn python(mut self, name: &str, python: Option<&'a Python>, command: &str) -> Self {
        if let Some(python) = python {
            let command = command.to_owned();
            self.add(name, Box::new(move || python.nanoseconds(&command)));
        }
        self
    }

    /// Runs every lane once, then `rounds` times in turn.
    ///
    /// # Errors
    /// What the Python process complains of.
    pub fn run(mut self, rounds: u32) -> Result<Times, String> {
        for round in 0..=rounds {
            for lane in &mut self.lanes {
                let time = (lane.turn)()?;
                if round > 0 {
                    lane.nanoseconds.push(time);
                }
            }
        }
        Ok(Times(self.lanes.into_iter().map(|lane| (lane.name, lane.nanoseconds)).collect()))
    }

    fn add(&mut self, name: &str, turn: Box<dyn FnMut() -> Result<f64, String> + 'a>) {
        self.lanes.push(Lane { name: name.to_owned(), turn, nanoseconds: Vec::new() });
    }
}

impl Times {
    /// Nanoseconds of one run in a lane, the median of the rounds; `None` when the lane did not take part.
    #[must_use]
    pub fn of(&self, lane: &str) -> Option<f64> {
        self.rounds(lane).map(|rounds| median(rounds.to_vec()))
    }

    /// How many times as long the peer takes, round by round.
    #[must_use]
    pub fn faster(&self, group: &str, name: &str, [ours, peer]: [Side<'_>; 2], unit: &str) -> Ratio {
        let ratio = Ratio::times_faster(group, name, self.share(ours), self.share(peer), unit);
        Ratio { ratio: self.ratio(peer, ours), ..ratio }
    }

    /// How many times as long oxicore takes, round by round.
    #[must_use]
    pub fn slower(&self, group: &str, name: &str, [ours, peer]: [Side<'_>; 2], unit: &str) -> Ratio {
        let ratio = Ratio::times_slower(group, name, self.share(ours), self.share(peer), unit);
        Ratio { ratio: self.ratio(ours, peer), ..ratio }
    }

    /// The median of the rounds' own ratios: what disturbs one lane of one round weighs no more than that round.
    fn ratio(&self, (a, of_a): Side<'_>, (b, of_b): Side<'_>) -> Option<f64> {
        let rounds = self.rounds(a)?.iter().zip(self.rounds(b)?);
        Some(median(rounds.map(|(a, b)| (a / of_a) / (b / of_b)).collect()))
    }

    fn share(&self, (lane, of): Side<'_>) -> Option<f64> {
        self.of(lane).map(|time| time / of)
    }

    fn rounds(&self, lane: &str) -> Option<&[f64]> {
        self.0.iter().find(|(name, _)| name == lane).map(|(_, rounds)| rounds.as_slice())
    }
}

/// CPU time of this thread while `work` runs, nanoseconds.
pub fn nanoseconds(work: impl FnOnce()) -> f64 {
    let before = cpu_time();
    work();
    (cpu_time() - before).as_secs_f64() * 1e9
}

fn cpu_time() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap_or(0))
}

fn repeats_of(work: &mut impl FnMut()) -> u32 {
    let once = nanoseconds(work).max(1.0);
    ((LEAST.as_secs_f64() * 1e9 / once).ceil() as u32).clamp(1, 100_000)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hint::black_box;

    #[test]
    fn every_lane_has_its_time_and_no_other_has() {
        let sum = || assert_eq!((0..1_000_u64).map(black_box).sum::<u64>(), 499_500);
        let times = Race::new().lane("sum", sum).lane("nothing", || ()).run(3).unwrap();
        assert!(times.of("sum") > Some(0.0), "{times:?}");
        assert_eq!(times.of("absent"), None);
    }

    #[test]
    fn lanes_are_compared_within_a_round_and_a_disturbed_one_does_not_count() {
        let rounds = |times: [f64; 3]| times.to_vec();
        let ours = ("ours".to_owned(), rounds([1.0, 10.0, 3.0]));
        let times = Times(vec![ours, ("peer".to_owned(), rounds([4.0, 40.0, 6.0]))]);
        let faster = times.faster("csv", "peer", [("ours", 1.0), ("peer", 2.0)], "ns");
        assert_eq!((faster.ours, faster.peer, faster.ratio), (Some(3.0), Some(3.0), Some(2.0)));
        let slower = times.slower("csv", "peer", [("ours", 1.0), ("peer", 1.0)], "ns");
        assert_eq!(slower.ratio, Some(0.25));
        assert_eq!(times.faster("csv", "absent", [("ours", 1.0), ("absent", 1.0)], "ns").ratio, None);
    }

    #[test]
    fn the_middle_counts_and_not_the_mean() {
        assert_eq!(median(vec![9.0, 1.0, 1_000.0]), 9.0);
    }
}
