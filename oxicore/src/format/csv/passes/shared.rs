//! Rows that share one reading of the clock: it is coarser than they are, as where they come in batches or where a
//! spreadsheet has dropped the seconds. Source: docs/FORMATS.md, "Times".

use super::walk::{Dated, Walk};
use crate::error::ParseError;
use crate::format::csv::dialect::Dialect;
use crate::format::csv::lines::error_at;
use crate::format::csv::row::unclear;
use crate::format::csv::sharing::{Pace, Sharing};
use crate::format::csv::time_column::Form;
use crate::format::steps::Steps;
use crate::time::LocalDateTime;
use crate::units::Span;

/// What the file is found to be: how its rows are placed, and where the first one stands.
pub(super) struct Found {
    pub(super) sharing: Sharing,
    pub(super) start: LocalDateTime,
}

/// How the rows share readings, if they do; fails where their pace cannot be told.
pub(super) fn find(bytes: &[u8], dialect: Dialect) -> Result<Option<Found>, ParseError> {
    let apart = Dialect { sharing: Sharing::Spread(Pace { rows: 1, seconds: 1 }), ..dialect };
    let walk = || Walk::new(bytes, apart, LocalDateTime::EPOCH, Span::ZERO);
    let groups = || Groups { walk: walk(), next: None };
    let Some(all) = All::of(groups()) else { return Ok(None) };
    if !all.are_shared() {
        return Ok(None);
    }
    if all.are_copies() {
        return Ok(Some(Found { sharing: Sharing::Copies, start: all.start }));
    }
    let error = error_at(bytes, all.line, |line| unclear(line, &dialect));
    let pace = Paces::of(&all, &groups).and_then(|paces| paces.choose(&groups)).ok_or(error)?;
    let most = all.longest_usual_s(&groups).saturating_mul(2);
    let may_be_minutes = dialect.time.form == Form::Clock { is_short: true };
    if may_be_minutes || pace.runs_ahead(groups(), most) {
        return Err(error);
    }
    let spare = all.first_step_s.saturating_sub(pace.lasts(all.first_rows));
    let is_gap = all.first_step_s > all.step.as_secs().into();
    let late = if is_gap { 0 } else { spare.max(0) };
    let start = LocalDateTime::from_unix_seconds(all.start.unix_seconds().saturating_add(late));
    Ok(Some(Found { sharing: Sharing::Spread(pace), start: start.unwrap_or(all.start) }))
}

/// Rows that follow one another with one reading of the clock.
#[derive(Clone, Copy)]
struct Group {
    time: LocalDateTime,
    rows: u32,
    first: Dated,
    are_alike: bool,
    /// Number of the line of its second row, if it has one.
    line: u32,
}

/// The groups of a file, in order, without blocks that are there twice.
struct Groups<'a> {
    walk: Walk<'a>,
    next: Option<Dated>,
}

/// Rows so few milliseconds apart were written at once, whenever they were measured.
const AT_ONCE_MS: i64 = 20;

impl Groups<'_> {
    fn next(&mut self) -> Option<Group> {
        let first = self.next.take().or_else(|| self.walk.next_row())?;
        let mut group = Group { time: first.time, rows: 1, first, are_alike: true, line: self.walk.line() };
        let mut last = first;
        while let Some(row) = self.walk.next_row() {
            if !(0..=AT_ONCE_MS).contains(&row.exact_ms().saturating_sub(last.exact_ms())) {
                self.next = Some(row);
                break;
            }
            group.rows = group.rows.saturating_add(1);
            group.are_alike &= row == first;
            if group.rows == 2 {
                group.line = self.walk.line();
            }
            last = row;
        }
        Some(group)
    }

    /// The groups after the first that another follows, and the seconds until that one, where time went on.
    fn steps(mut self, mut take: impl FnMut(&Group, i64)) {
        let Some(mut group) = self.next().and_then(|_| self.next()) else { return };
        while let Some(next) = self.next() {
            let step = seconds(group.time, next.time);
            if step > 0 {
                take(&group, step);
            }
            group = next;
        }
    }
}

fn seconds(earlier: LocalDateTime, later: LocalDateTime) -> i64 {
    later.unix_seconds().saturating_sub(earlier.unix_seconds())
}

/// What all groups together tell.
struct All {
    start: LocalDateTime,
    /// Of the first group.
    first_rows: u32,
    /// From the first group to the second.
    first_step_s: i64,
    groups: u32,
    /// Groups of more than one row.
    shared: u32,
    /// The most frequent step between groups.
    step: Span,
    are_alike: bool,
    /// All groups are alike too.
    is_flat: bool,
    /// Number of the line of a row that shares its reading.
    line: u32,
}

impl All {
    /// `None` where no clock was set, or where it never went on.
    fn of(mut groups: Groups<'_>) -> Option<Self> {
        let first = groups.next()?;
        let mut steps = Steps::up_to(u32::MAX);
        let mut line = None;
        let mut all = Self {
            start: groups.walk.clock(first.time)?,
            first_rows: first.rows,
            first_step_s: 0,
            groups: 0,
            shared: 0,
            step: Span::ZERO,
            are_alike: true,
            is_flat: true,
            line: first.line,
        };
        let mut group = first;
        loop {
            steps.add(group.time.unix_seconds());
            all.groups = all.groups.saturating_add(1);
            if group.rows > 1 {
                all.shared = all.shared.saturating_add(1);
                line = line.or(Some(group.line));
            }
            all.are_alike &= group.are_alike && group.rows == first.rows;
            all.is_flat &= group.first.readings == first.first.readings;
            let Some(next) = groups.next() else { break };
            if all.groups == 1 {
                all.first_step_s = seconds(group.time, next.time);
            }
            group = next;
        }
        Some(Self { step: steps.most_frequent()?, line: line.unwrap_or(all.line), ..all })
    }

    /// Most readings of the clock, or a tenth of many, have several rows: a clock that stands still now and then has few.
    const fn are_shared(&self) -> bool {
        const MANY: u32 = 20;
        let half = self.shared.saturating_mul(2) >= self.groups && self.shared >= 2;
        half || (self.groups >= MANY && self.shared.saturating_mul(10) >= self.groups)
    }

    /// Every row is there as often as the first, and not because nothing ever changes.
    const fn are_copies(&self) -> bool {
        self.are_alike && self.first_rows > 1 && !self.is_flat
    }

    /// The longest step that is no gap: four times the mean of those that are none.
    fn longest_usual_s<'a>(&self, groups: &impl Fn() -> Groups<'a>) -> i64 {
        const ROUNDS: usize = 4;
        let mut longest = i64::MAX;
        for _ in 0..ROUNDS {
            let (mut sum, mut count) = (0_i64, 0_i64);
            groups().steps(|_, step| {
                if step <= longest {
                    (sum, count) = (sum.saturating_add(step), count.saturating_add(1));
                }
            });
            let mean = sum.checked_div(count).unwrap_or(0).max(self.step.as_secs().into());
            longest = mean.saturating_mul(4);
        }
        longest
    }
}

/// Rows and seconds of the groups whose step is no gap.
#[derive(Default)]
struct Paces {
    /// The most frequent step, seconds.
    step: u32,
    /// Groups of that step, and their rows.
    even: (u32, u32),
    /// All groups, their rows and their seconds.
    all: (u32, u32, u32),
    /// Rows that most groups of that step have, if any number of rows has a majority.
    majority: u32,
}

impl Paces {
    /// `None` where no group has a beginning and an end.
    fn of<'a>(all: &All, groups: &impl Fn() -> Groups<'a>) -> Option<Self> {
        let longest = all.longest_usual_s(groups);
        let mut paces = Self { step: all.step.as_secs(), ..Self::default() };
        let mut votes = 0_u32;
        groups().steps(|group, step| {
            let Some(step) = u32::try_from(step).ok().filter(|&step| i64::from(step) <= longest) else {
                return;
            };
            let (count, rows, seconds) = paces.all;
            paces.all =
                (count.saturating_add(1), rows.saturating_add(group.rows), seconds.saturating_add(step));
            if step == paces.step {
                let (count, rows) = paces.even;
                paces.even = (count.saturating_add(1), rows.saturating_add(group.rows));
                if votes == 0 {
                    paces.majority = group.rows;
                }
                votes = if paces.majority == group.rows {
                    votes.saturating_add(1)
                } else {
                    votes.saturating_sub(1)
                };
            }
        });
        (paces.all.0 > 0).then_some(paces)
    }

    /// That of the groups of the usual step, where most have it; else that of all.
    fn choose<'a>(&self, groups: &impl Fn() -> Groups<'a>) -> Option<Pace> {
        let (count, rows, seconds) = self.all;
        let (even, even_rows) = self.even;
        let mut majority = 0_u32;
        groups().steps(|group, step| {
            let counts = step == i64::from(self.step) && group.rows == self.majority;
            majority = majority.saturating_add(counts.into());
        });
        let pace = if even.saturating_mul(4) < count.saturating_mul(3) {
            Pace { rows, seconds }
        } else if majority.saturating_mul(5) >= even.saturating_mul(3) {
            Pace { rows: self.majority, seconds: self.step }
        } else {
            Pace { rows: even_rows, seconds: self.step.checked_mul(even)? }
        };
        Some(pace.rounded())
    }
}

impl Pace {
    /// Whether rows at this pace come to stand so many seconds after what the clock says.
    fn runs_ahead(self, mut groups: Groups<'_>, most_s: i64) -> bool {
        let mut end = i64::MIN;
        while let Some(group) = groups.next() {
            let time = group.time.unix_seconds();
            end = end.max(time).saturating_add(self.lasts(group.rows));
            if end.saturating_sub(time) > most_s {
                return true;
            }
        }
        false
    }
}
