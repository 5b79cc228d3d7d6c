//! Profile `pobm`: the desaturations of the published toolbox (Levy 2021, Jung 2018), with a counter wide enough.
//!
//! On a grid of one second. With whole percents its "3 %" needs a fall of 4. Definition and consequences:
//! docs/ALGORITHMS.md, "Profile pobm".

use crate::artifact::SPO2_RANGE_PCT;
use crate::desaturation::Depth;
use crate::desaturation::discarded::{Discarded, Listener, Rule};
use crate::units::{Span, Spo2};

/// Longest time from begin to recovery; longer desaturations are discarded.
pub const MAX_DURATION: u32 = 90;
/// Shortest time from begin to recovery.
const MIN_DURATION: u32 = 10;
/// The signal is back when it is this close to the begin, percent.
const NEAR_PCT: u8 = 1;
/// Desaturations that begin at or below this level are not seen, percent.
const LOWEST_BEGIN_PCT: u8 = 25;

/// One desaturation: begin, nadir and recovery, seconds from the first record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Desaturation {
    /// Point A.
    #[cfg_attr(feature = "serde", serde(rename = "begin_s"))]
    pub begin: Span,
    /// Point B.
    #[cfg_attr(feature = "serde", serde(rename = "nadir_s"))]
    pub nadir_at: Span,
    /// Point C.
    #[cfg_attr(feature = "serde", serde(rename = "end_s"))]
    pub end: Span,
}

/// Desaturations that run into each other: the events of this profile, which its index counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Group {
    /// Begin of the first, seconds.
    #[cfg_attr(feature = "serde", serde(rename = "begin_s"))]
    pub begin: Span,
    /// Latest return to the begin level (point D) of them, seconds.
    #[cfg_attr(feature = "serde", serde(rename = "end_s"))]
    pub end: Span,
    /// Number of desaturations.
    #[cfg_attr(feature = "serde", serde(alias = "falls"))]
    pub desaturations: u32,
}

/// What [`Detector`] finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A desaturation, at its recovery.
    Desaturation(Desaturation),
    /// A group, once nothing can join it any more.
    Group(Group),
}

/// Finds the desaturations and groups of one threshold second by second, in fixed memory.
///
/// Feed every reading the device made, in order; what lies outside 50..=100 % counts as missing.
#[derive(Clone, Debug)]
pub struct Detector {
    depth_pct: u8,
    interval: Span,
    now: u32,
    previous: Option<u8>,
    /// The level before the last missing seconds, and the first of them.
    lost: Option<At>,
    /// Before this second nothing happens while the level stays.
    quiet_until: u32,
    state: State,
    returns: Returns,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Seek,
    Fall { begin: At },
    Wait { begin: At, nadir: At },
}

/// A second and its level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct At {
    second: u32,
    level: u8,
}

impl Detector {
    /// A detector for recordings sampled every `interval`: each reading holds for that long.
    #[must_use]
    #[inline(never)]
    pub fn new(depth: impl Into<Depth>, interval: Span) -> Self {
        let (state, returns, depth_pct) = (State::Seek, Returns::EMPTY, depth.into().as_pct());
        let (now, quiet_until) = (0, u32::MAX);
        Self { depth_pct, interval, now, previous: None, lost: None, quiet_until, state, returns }
    }

    /// Takes the next record; seconds between it and the one before are missing.
    #[inline]
    pub fn push(&mut self, at: Span, spo2: Option<Spo2>, found: &mut impl FnMut(Found)) {
        self.push_heard(at, spo2, found, &mut ());
    }

    /// The same with a listener.
    #[inline]
    pub(crate) fn push_heard(
        &mut self,
        at: Span,
        spo2: Option<Spo2>,
        found: &mut impl FnMut(Found),
        listener: &mut impl Listener,
    ) {
        let spo2 = spo2.filter(is_plausible);
        self.hold(None, at.as_secs(), found, listener);
        if let Some(spo2) = spo2 {
            listener.reading(at, spo2);
        }
        self.hold(spo2.map(Spo2::as_pct), at.plus(self.interval).as_secs(), found, listener);
    }

    /// Ends the recording.
    pub fn finish(&mut self, found: &mut impl FnMut(Found)) {
        self.finish_heard(found, &mut ());
    }

    /// The same with a listener.
    pub(crate) fn finish_heard(&mut self, found: &mut impl FnMut(Found), listener: &mut impl Listener) {
        self.returns.finish(self.now, found);
        match self.state {
            State::Wait { begin, nadir } => self.discard(begin, nadir.level, Rule::NoResaturation, listener),
            State::Fall { begin } => {
                let level = self.previous.unwrap_or(begin.level);
                self.discard(begin, level, Rule::Depth, listener);
            }
            State::Seek => (),
        }
    }

    #[inline]
    fn discard(&self, begin: At, lowest: u8, rule: Rule, listener: &mut impl Listener) {
        let [onset, end] = [begin.second, self.now].map(Span::from_secs);
        let depth_pct = begin.level.saturating_sub(lowest);
        listener.discarded(Discarded { onset, end, depth_pct, rule });
    }

    /// The same level in every second up to `end`, however many there are.
    #[inline]
    fn hold(
        &mut self,
        level: Option<u8>,
        end: u32,
        found: &mut impl FnMut(Found),
        listener: &mut impl Listener,
    ) {
        while self.now < end {
            if self.previous == level && self.now < self.quiet_until {
                self.skip(end.min(self.quiet_until));
            } else {
                self.second(level, found, listener);
            }
        }
    }

    /// To `second`, with nothing but the nadir going along.
    #[inline]
    fn skip(&mut self, second: u32) {
        self.now = second;
        if let State::Wait { nadir, .. } = &mut self.state
            && self.previous == Some(nadir.level)
        {
            nadir.second = second - 1;
        }
    }

    /// When something happens next if the level stays as it is.
    fn next_change(&self, level: Option<u8>) -> u32 {
        let recovery = match (self.state, level) {
            (State::Wait { begin, nadir }, Some(level)) if self.is_back(begin, nadir, level) => {
                begin.second + MIN_DURATION
            }
            _ => u32::MAX,
        };
        recovery.min(self.returns.next_limit())
    }

    fn second(&mut self, level: Option<u8>, found: &mut impl FnMut(Found), listener: &mut impl Listener) {
        self.returns.second(self.now, level, found);
        let state = match self.state {
            State::Seek => self.seek(level, listener),
            State::Fall { begin } => self.fall(begin, level, listener),
            State::Wait { begin, nadir } => self.wait(begin, nadir, level, found, listener),
        };
        self.state = state;
        if let (Some(previous), None) = (self.previous, level) {
            self.lost = Some(At { second: self.now, level: previous });
        }
        self.previous = level;
        self.quiet_until = self.next_change(level);
        self.now += 1;
    }

    /// A first step down of at most the threshold begins a fall; a missing value compares as false.
    fn seek(&self, level: Option<u8>, listener: &mut impl Listener) -> State {
        let (Some(previous), Some(level)) = (self.previous, level) else {
            self.resume(level, listener);
            return State::Seek;
        };
        let (step, begin) = (previous.saturating_sub(level), At { second: self.now, level });
        if level > LOWEST_BEGIN_PCT && (1..=self.depth_pct).contains(&step) {
            return State::Fall { begin };
        }
        if step > 0 {
            self.discard_step(begin, step, Rule::OnsetWindow, listener);
        }
        State::Seek
    }

    /// A step down across missing seconds is none.
    #[inline]
    fn resume(&self, level: Option<u8>, listener: &mut impl Listener) {
        let (Some(lost), Some(level)) = (self.lost, level) else { return };
        listener.broken(Span::from_secs(lost.second), Span::from_secs(self.now));
        let step = lost.level.saturating_sub(level);
        if step > 0 {
            self.discard_step(At { second: self.now, level }, step, Rule::Gap, listener);
        }
    }

    #[inline]
    fn discard_step(&self, begin: At, step: u8, rule: Rule, listener: &mut impl Listener) {
        let [onset, end] = [begin.second, begin.second + 1].map(Span::from_secs);
        listener.discarded(Discarded { onset, end, depth_pct: step, rule });
    }

    /// Going down or level; any rise or missing value cancels, and may be a begin itself.
    fn fall(&self, begin: At, level: Option<u8>, listener: &mut impl Listener) -> State {
        match (self.previous, level) {
            (Some(previous), Some(level)) if level <= previous => {
                if begin.level.saturating_sub(level) >= self.depth_pct {
                    State::Wait { begin, nadir: At { second: self.now, level } }
                } else {
                    State::Fall { begin }
                }
            }
            _ => {
                let rule = if level.is_some() { Rule::Depth } else { Rule::Gap };
                self.discard(begin, self.previous.unwrap_or(begin.level), rule, listener);
                self.seek(level, listener)
            }
        }
    }

    fn wait(
        &mut self,
        begin: At,
        nadir: At,
        level: Option<u8>,
        found: &mut impl FnMut(Found),
        listener: &mut impl Listener,
    ) -> State {
        let Some(level) = level else { return State::Wait { begin, nadir } };
        let elapsed = self.now - begin.second;
        if self.is_back(begin, nadir, level) && elapsed >= MIN_DURATION {
            if elapsed <= MAX_DURATION {
                let [begin_at, nadir_at, end] = [begin.second, nadir.second, self.now].map(Span::from_secs);
                found(Found::Desaturation(Desaturation { begin: begin_at, nadir_at, end }));
                self.returns.open(begin, self.now, level, found);
            } else {
                self.discard(begin, nadir.level, Rule::LongerThan, listener);
            }
            return State::Seek;
        }
        let nadir = if level <= nadir.level { At { second: self.now, level } } else { nadir };
        State::Wait { begin, nadir }
    }

    fn is_back(&self, begin: At, nadir: At, level: u8) -> bool {
        level + NEAR_PCT >= begin.level || level >= nadir.level + self.depth_pct
    }
}

fn is_plausible(spo2: &Spo2) -> bool {
    (SPO2_RANGE_PCT.0..=SPO2_RANGE_PCT.1).contains(&spo2.as_pct())
}

/// Looks for point D of each fall, the return to within 1 % of its begin, and joins falls into groups in order.
#[derive(Clone, Debug)]
struct Returns {
    /// Oldest first. Falls are 11 s apart and wait at most 90 s, so nine places suffice; one is spare.
    pending: [Option<Pending>; 10],
    group: Option<Group>,
    /// Point D of the last fall that was joined to `group`.
    last_return: u32,
}

#[derive(Clone, Copy, Debug)]
struct Pending {
    begin: At,
    returned: Option<u32>,
}

impl Returns {
    const EMPTY: Self = Self { pending: [None; 10], group: None, last_return: 0 };

    /// A fall recovered at `now`; its point D may be there already.
    fn open(&mut self, begin: At, now: u32, level: u8, found: &mut impl FnMut(Found)) {
        let returned = (level + NEAR_PCT >= begin.level).then_some(now);
        if let Some(slot) = self.pending.iter_mut().find(|slot| slot.is_none()) {
            *slot = Some(Pending { begin, returned });
        }
        self.settle(found);
    }

    /// One more second: who has returned, and whose time is over?
    fn second(&mut self, now: u32, level: Option<u8>, found: &mut impl FnMut(Found)) {
        if self.pending[0].is_none() {
            return;
        }
        for pending in self.pending.iter_mut().flatten().filter(|p| p.returned.is_none()) {
            let limit = pending.begin.second + MAX_DURATION;
            if now >= limit {
                pending.returned = Some(limit);
            } else if level.is_some_and(|level| level + NEAR_PCT >= pending.begin.level) {
                pending.returned = Some(now);
            }
        }
        self.settle(found);
    }

    /// When the first fall that has not returned gives up.
    fn next_limit(&self) -> u32 {
        let open = self.pending.iter().map_while(|one| *one).find(|one| one.returned.is_none());
        open.map_or(u32::MAX, |one| one.begin.second + MAX_DURATION)
    }

    /// Moves the falls whose point D is known, in order, into groups.
    fn settle(&mut self, found: &mut impl FnMut(Found)) {
        while let Some(Pending { begin, returned: Some(returned) }) = self.pending[0] {
            self.pending.copy_within(1.., 0);
            self.pending[self.pending.len() - 1] = None;
            self.join(begin.second, returned, found);
        }
    }

    /// A begin after the previous fall's point D starts a new group.
    fn join(&mut self, begin: u32, returned: u32, found: &mut impl FnMut(Found)) {
        let end = Span::from_secs(returned);
        match &mut self.group {
            Some(group) if begin <= self.last_return => {
                group.desaturations += 1;
                group.end = group.end.max(end);
            }
            group => {
                let new = Group { begin: Span::from_secs(begin), end, desaturations: 1 };
                group.replace(new).into_iter().for_each(|done| found(Found::Group(done)));
            }
        }
        self.last_return = returned;
    }

    /// The recording is `length` seconds long: open returns end with it.
    fn finish(&mut self, length: u32, found: &mut impl FnMut(Found)) {
        let last = length.saturating_sub(1);
        for pending in self.pending.iter_mut().flatten() {
            let limit = pending.begin.second + MAX_DURATION;
            pending.returned.get_or_insert(limit.min(last));
        }
        self.settle(found);
        self.group.take().into_iter().for_each(|done| found(Found::Group(done)));
    }
}
