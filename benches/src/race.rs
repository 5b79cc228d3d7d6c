//! Who is faster: interleaved rounds of CPU time, and the median of each lane.
//!
//! Wall time on a shared machine measures the neighbours. The thread's own CPU time still moves with clock and caches,
//! for all lanes together: only the ratio of two lanes of one race says something.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::python::Python;

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

/// Median time of each lane.
#[derive(Debug, Clone)]
pub struct Times(Vec<(String, f64)>);

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
        Ok(Times(self.lanes.into_iter().map(|lane| (lane.name, median(lane.nanoseconds))).collect()))
    }

    fn add(&mut self, name: &str, turn: Box<dyn FnMut() -> Result<f64, String> + 'a>) {
        self.lanes.push(Lane { name: name.to_owned(), turn, nanoseconds: Vec::new() });
    }
}

impl Times {
    /// Nanoseconds of one run in a lane; `None` when the lane did not take part.
    #[must_use]
    pub fn of(&self, lane: &str) -> Option<f64> {
        self.0.iter().find(|(name, _)| name == lane).map(|(_, time)| *time)
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
    fn the_middle_counts_and_not_the_mean() {
        assert_eq!(median(vec![9.0, 1.0, 1_000.0]), 9.0);
    }
}
