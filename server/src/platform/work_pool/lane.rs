//! Who gets how much, and whose turn it is: bookkeeping without clocks or threads.

use std::collections::{HashMap, VecDeque};

use super::Principal;

/// What a lane can give.
#[derive(Clone, Copy, Debug)]
pub(super) struct Capacity {
    /// Memory in bytes.
    bytes: u64,
    /// Most bytes of one principal, unless a single piece of work takes more.
    share: u64,
    /// Most grants at the same time.
    slots: usize,
    /// Most waiters of one principal.
    waiters_each: usize,
    /// Most waiters.
    waiters: usize,
}

impl Capacity {
    /// One principal may have half of `bytes`.
    pub(super) const fn halved(bytes: u64, slots: usize) -> Self {
        Self { bytes, share: bytes / 2, slots, waiters_each: 64, waiters: 512 }
    }
}

/// Grants and waiters of one kind of work. `T` is how a waiter is told.
#[derive(Debug)]
pub(super) struct Lane<T> {
    capacity: Capacity,
    used: u64,
    slots_used: usize,
    held: HashMap<Principal, u64>,
    /// Principals with waiters, next one first.
    turns: VecDeque<Turn<T>>,
    tickets: u64,
}

#[derive(Debug)]
struct Turn<T> {
    principal: Principal,
    waiters: VecDeque<Waiter<T>>,
}

#[derive(Debug)]
struct Waiter<T> {
    number: u64,
    bytes: u64,
    tell: T,
}

/// A place among the waiters.
#[derive(Debug)]
pub(super) struct Ticket {
    principal: Principal,
    number: u64,
}

/// What a waiter got: give it back with [`Lane::release`].
#[derive(Debug)]
pub(super) struct Grant<T> {
    pub(super) principal: Principal,
    pub(super) bytes: u64,
    pub(super) tell: T,
}

impl<T> Lane<T> {
    pub(super) fn new(capacity: Capacity) -> Self {
        Self { capacity, used: 0, slots_used: 0, held: HashMap::new(), turns: VecDeque::new(), tickets: 0 }
    }

    /// Memory of the lane in bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.capacity.bytes
    }

    /// Queues for `bytes`, at most a principal's share; `None` when too many wait. In a full queue the principal with the
    /// most waiters gives its last place to one with fewer. Call [`Lane::admit`] afterwards.
    pub(super) fn enter(&mut self, principal: &Principal, bytes: u64, tell: T) -> Option<Ticket> {
        self.enter_whole(principal, bytes.min(self.capacity.share), tell)
    }

    /// [`Lane::enter`] for what cannot do with less: at most all there is.
    pub(super) fn enter_whole(&mut self, principal: &Principal, bytes: u64, tell: T) -> Option<Ticket> {
        let own = self.turn(principal).map_or(0, |turn| turn.waiters.len());
        if own >= self.capacity.waiters_each || !self.make_room(own) {
            return None;
        }
        self.tickets += 1;
        let (number, bytes) = (self.tickets, bytes.clamp(1, self.capacity.bytes));
        let waiter = Waiter { number, bytes, tell };
        match self.turn(principal) {
            Some(turn) => turn.waiters.push_back(waiter),
            None => self.turns.push_back(Turn { principal: principal.clone(), waiters: [waiter].into() }),
        }
        Some(Ticket { principal: principal.clone(), number })
    }

    /// Gives up a place; nothing happens when it has been served. Call [`Lane::admit`] afterwards.
    pub(super) fn leave(&mut self, ticket: &Ticket) {
        if let Some(turn) = self.turn(&ticket.principal) {
            turn.waiters.retain(|waiter| waiter.number != ticket.number);
        }
        self.turns.retain(|turn| !turn.waiters.is_empty());
    }

    /// Takes a grant back. Call [`Lane::admit`] afterwards.
    pub(super) fn release(&mut self, principal: &Principal, bytes: u64) {
        self.slots_used = self.slots_used.saturating_sub(1);
        self.give_back(principal, bytes);
    }

    /// Takes a part of a grant back. Call [`Lane::admit`] afterwards.
    pub(super) fn give_back(&mut self, principal: &Principal, bytes: u64) {
        self.used = self.used.saturating_sub(bytes);
        if let Some(held) = self.held.get_mut(principal) {
            *held = held.saturating_sub(bytes);
            if *held == 0 {
                self.held.remove(principal);
            }
        }
    }

    /// Everything that can be granted now, in turn.
    pub(super) fn admit(&mut self) -> Vec<Grant<T>> {
        std::iter::from_fn(|| self.admit_one()).collect()
    }

    /// Serves the first principal whose share allows it. Nobody overtakes that one because it needs more than is free:
    /// otherwise small requests could keep a large one waiting for ever.
    fn admit_one(&mut self) -> Option<Grant<T>> {
        let at = self.turns.iter().position(|turn| self.share_allows(turn))?;
        let bytes = self.turns.get(at)?.waiters.front()?.bytes;
        if self.slots_used >= self.capacity.slots || self.used + bytes > self.capacity.bytes {
            return None;
        }
        let mut turn = self.turns.remove(at)?;
        let waiter = turn.waiters.pop_front()?;
        let principal = turn.principal.clone();
        if !turn.waiters.is_empty() {
            self.turns.push_back(turn);
        }
        self.used += bytes;
        self.slots_used += 1;
        *self.held.entry(principal.clone()).or_default() += bytes;
        Some(Grant { principal, bytes, tell: waiter.tell })
    }

    /// A single piece of work may take more than a share, if its principal has nothing else.
    fn share_allows(&self, turn: &Turn<T>) -> bool {
        let held = self.held.get(&turn.principal).copied().unwrap_or_default();
        turn.waiters.front().is_some_and(|next| held == 0 || held + next.bytes <= self.capacity.share)
    }

    /// Whether there is, or could be made, a place for a principal that has `own` places.
    fn make_room(&mut self, own: usize) -> bool {
        let waiting: usize = self.turns.iter().map(|turn| turn.waiters.len()).sum();
        if waiting < self.capacity.waiters {
            return true;
        }
        let longest = self.turns.iter_mut().max_by_key(|turn| turn.waiters.len());
        longest.filter(|turn| turn.waiters.len() > own + 1).and_then(|turn| turn.waiters.pop_back()).is_some()
    }

    fn turn(&mut self, principal: &Principal) -> Option<&mut Turn<T>> {
        self.turns.iter_mut().find(|turn| turn.principal == *principal)
    }

    /// Memory that is not given out, in bytes.
    #[cfg(test)]
    pub(super) fn free(&self) -> u64 {
        self.capacity.bytes - self.used
    }

    /// Whether nothing is given out and nobody waits.
    #[cfg(test)]
    pub(super) fn is_idle(&self) -> bool {
        (self.used, self.slots_used) == (0, 0) && self.held.is_empty() && self.turns.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn principal(n: u64) -> Principal {
        Principal::new("account", &n.to_string())
    }

    /// A lane of `bytes`, of which one principal may have half, with short queues.
    fn lane(bytes: u64, slots: usize) -> Lane<u64> {
        Lane::new(Capacity { waiters_each: 8, waiters: 24, ..Capacity::halved(bytes, slots) })
    }

    /// The next number of a sequence that is the same in every run.
    fn next(state: &mut u64) -> u64 {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 33
    }

    /// A lane and what a fair observer knows of it.
    struct Watched {
        lane: Lane<u64>,
        running: Vec<(Principal, u64)>,
        waiting: BTreeMap<u64, (Ticket, u64)>,
        /// Grants to others since a waiter came, by waiter and principal.
        overtaken: BTreeMap<u64, BTreeMap<String, usize>>,
        served: usize,
    }

    impl Watched {
        fn new(lane: Lane<u64>) -> Self {
            let (running, waiting, overtaken) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
            Self { lane, running, waiting, overtaken, served: 0 }
        }

        /// Takes what can be granted and checks that it may be.
        fn admit(&mut self) {
            for grant in self.lane.admit() {
                assert!(self.waiting.remove(&grant.tell).is_some(), "served twice, or after leaving");
                self.overtaken.remove(&grant.tell);
                for counts in self.overtaken.values_mut() {
                    *counts.entry(format!("{:?}", grant.principal)).or_default() += 1;
                }
                self.running.push((grant.principal, grant.bytes));
                self.served += 1;
            }
            self.check();
        }

        fn check(&self) {
            let Lane { capacity, used, slots_used, held, .. } = &self.lane;
            assert!(*used <= capacity.bytes && *slots_used <= capacity.slots);
            assert_eq!(
                (self.running.iter().map(|(_, bytes)| bytes).sum::<u64>(), self.running.len()),
                (*used, *slots_used)
            );
            assert!(held.values().all(|held| *held <= capacity.share) && held.values().sum::<u64>() == *used);
            let queued: usize = self.lane.turns.iter().map(|turn| turn.waiters.len()).sum();
            assert_eq!(queued, self.waiting.len(), "a waiter was lost or left behind");
        }

        fn enter(&mut self, number: u64, who: u64, bytes: u64) -> bool {
            let Some(ticket) = self.lane.enter(&principal(who), bytes, number) else { return false };
            self.waiting.insert(number, (ticket, who));
            self.overtaken.insert(number, BTreeMap::new());
            self.told_to_go();
            self.admit();
            true
        }

        /// Whoever lost the place to another is told so by the drop of its `tell`; here: is no longer queued.
        fn told_to_go(&mut self) {
            let queued: Vec<u64> = self
                .lane
                .turns
                .iter()
                .flat_map(|turn| turn.waiters.iter().map(|waiter| waiter.tell))
                .collect();
            self.waiting.retain(|number, _| queued.contains(number));
            self.overtaken.retain(|number, _| queued.contains(number));
        }

        fn leave(&mut self, number: u64) {
            let (ticket, _) = self.waiting.remove(&number).unwrap();
            self.overtaken.remove(&number);
            self.lane.leave(&ticket);
            self.admit();
        }

        fn finish(&mut self, at: usize) {
            let (principal, bytes) = self.running.swap_remove(at);
            self.lane.release(&principal, bytes);
            self.admit();
        }
    }

    #[test]
    fn whatever_happens_no_more_is_out_than_there_is_and_nobody_is_lost() {
        for seed in 0..300 {
            let mut random = seed;
            let mut watched = Watched::new(lane(100, 1 + (seed as usize % 9)));
            for number in 0..400 {
                let dice = next(&mut random);
                match dice % 10 {
                    0..=4 => _ = watched.enter(number, next(&mut random) % 5, next(&mut random) % 70),
                    5 if !watched.waiting.is_empty() => {
                        let at = next(&mut random) as usize % watched.waiting.len();
                        let number = *watched.waiting.keys().nth(at).unwrap();
                        watched.leave(number);
                    }
                    _ if !watched.running.is_empty() => {
                        let at = next(&mut random) as usize % watched.running.len();
                        watched.finish(at);
                    }
                    _ => {}
                }
            }
            while !watched.running.is_empty() {
                watched.finish(0);
            }
            assert!(watched.waiting.is_empty() && watched.lane.is_idle(), "seed {seed}: {:?}", watched.lane);
            assert!(watched.served > 50, "seed {seed}");
        }
    }

    /// One request a principal at a time beside a flood: no other principal is served twice before it.
    #[test]
    fn no_flood_overtakes_a_waiter_more_than_once() {
        for seed in 0..200 {
            let mut random = seed;
            let mut watched = Watched::new(lane(100, 1 + (seed as usize % 4)));
            for number in 0..400 {
                let who = if next(&mut random).is_multiple_of(8) { 1 + next(&mut random) % 3 } else { 0 };
                let is_new = !watched.waiting.values().any(|(_, waiter)| *waiter == who);
                let is_idle = !watched.running.iter().any(|(runner, _)| *runner == principal(who));
                if who == 0 || (is_new && is_idle) {
                    watched.enter(number, who, 1 + next(&mut random) % 50);
                }
                for (number, counts) in &watched.overtaken {
                    let is_flood = watched.waiting[number].1 == 0;
                    assert!(is_flood || counts.values().all(|count| *count <= 1), "seed {seed}: {counts:?}");
                }
                if next(&mut random).is_multiple_of(2) && !watched.running.is_empty() {
                    watched.finish(0);
                }
            }
        }
    }

    #[test]
    fn a_large_request_is_not_passed_by_small_ones_for_ever() {
        let mut watched = Watched::new(lane(100, 99));
        assert!(watched.enter(0, 0, 50) && watched.enter(1, 1, 30));
        assert!(watched.enter(2, 2, 50) && watched.enter(3, 3, 10));
        assert_eq!(
            (watched.running.len(), watched.waiting.len()),
            (2, 2),
            "the small one waits behind the large one"
        );
        watched.finish(0);
        assert_eq!((watched.running.len(), watched.waiting.len()), (3, 0));
    }

    #[test]
    fn more_than_a_share_asks_for_a_share() {
        let mut watched = Watched::new(lane(100, 99));
        assert!(watched.enter(0, 0, 1_000));
        assert_eq!(watched.lane.used, 50);
    }

    #[test]
    fn what_cannot_do_with_a_share_waits_until_its_principal_has_nothing_and_is_not_passed() {
        let mut lane = lane(100, 99);
        let (own, other) = (principal(0), principal(1));
        assert!(lane.enter(&own, 10, 0).is_some() && lane.enter(&other, 20, 1).is_some());
        assert_eq!(lane.admit().len(), 2);
        assert!(lane.enter_whole(&own, 80, 2).is_some());
        assert_eq!(lane.admit().len(), 0, "its principal has something");
        lane.release(&own, 10);
        assert_eq!(lane.admit().iter().map(|grant| (grant.tell, grant.bytes)).collect::<Vec<_>>(), [(2, 80)]);
        assert!(lane.enter_whole(&own, 1, 3).is_some());
        assert_eq!(lane.admit().len(), 0, "it has more than its share");
    }

    #[test]
    fn one_principal_has_a_bounded_number_of_places() {
        let mut watched = Watched::new(lane(100, 1));
        let entered = (0..20).filter(|&number| watched.enter(number, 0, 10)).count();
        assert_eq!(entered, 1 + 8, "one runs and eight wait");
        assert!(watched.enter(20, 1, 10), "there are places left for others");
    }

    #[test]
    fn a_full_queue_still_has_a_place_for_a_newcomer() {
        let mut watched = Watched::new(lane(100, 1));
        for number in 0..60 {
            watched.enter(number, number % 3, 10);
        }
        assert_eq!(watched.waiting.len(), 24, "the queue is full");
        assert!(watched.enter(60, 9, 10), "the longest queue lost its last place");
        assert_eq!(watched.waiting.len(), 24);
        assert!(!watched.enter(61, 0, 10), "who has the longest queue is refused");
    }
}
