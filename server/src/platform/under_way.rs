//! How many requests of one client address are under way: a request is, until its answer is sent.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Counts requests by the address they come from, and says when there are too many. Clones share the counts.
///
/// Holds for one process, like the connections that requests come over.
#[derive(Clone, Debug)]
pub struct UnderWay {
    most: usize,
    counts: Arc<Mutex<HashMap<Arc<str>, Count>>>,
}

/// Requests of one address.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    all: usize,
    /// Those of clients that are not signed in.
    strangers: usize,
}

/// A request that is under way until this is dropped.
#[derive(Debug)]
#[must_use = "dropping it ends the request"]
pub struct Place {
    under_way: UnderWay,
    address: Arc<str>,
    is_stranger: bool,
}

impl UnderWay {
    /// No request yet; an address may have `most` at once, clients that are not signed in half of them.
    pub fn new(most: usize) -> Self {
        Self { most, counts: Arc::default() }
    }

    /// Begins a request; `None` when the address has too many under way.
    pub fn begin(&self, address: &str) -> Option<Place> {
        let address: Arc<str> = address.into();
        let mut counts = self.counts();
        let count = counts.entry(Arc::clone(&address)).or_default();
        if count.all >= self.most {
            return None;
        }
        count.all += 1;
        Some(Place { under_way: self.clone(), address, is_stranger: false })
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<Arc<str>, Count>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Says that the client is not signed in; `None`, and the request's end, when the address has too many of those.
    pub fn of_stranger(mut self) -> Option<Self> {
        let most = self.under_way.most.div_ceil(2);
        let is_free = {
            let mut counts = self.under_way.counts();
            let count = counts.entry(Arc::clone(&self.address)).or_default();
            let is_free = count.strangers < most;
            count.strangers += usize::from(is_free);
            is_free
        };
        self.is_stranger = is_free;
        is_free.then_some(self)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.under_way.counts();
        let Some(count) = counts.get_mut(&self.address) else { return };
        count.all -= 1;
        count.strangers -= usize::from(self.is_stranger);
        if count.all == 0 {
            counts.remove(&self.address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_number_of_requests_and_others_have_theirs() {
        let under_way = UnderWay::new(2);
        let first = under_way.begin("a").unwrap();
        let second = under_way.begin("a").unwrap();
        assert!(under_way.begin("a").is_none());
        assert!(under_way.begin("b").is_some());
        drop(first);
        assert!(under_way.begin("a").is_some());
        drop(second);
        assert!(under_way.counts().is_empty(), "nothing is left behind");
    }

    #[test]
    fn strangers_have_half_of_them_and_leave_the_rest_to_who_is_signed_in() {
        let under_way = UnderWay::new(4);
        let begin = || under_way.begin("a").unwrap();
        let _strangers = [begin().of_stranger().unwrap(), begin().of_stranger().unwrap()];
        assert!(begin().of_stranger().is_none());
        let _known = [begin(), begin()];
        assert!(under_way.begin("a").is_none());
    }

    #[test]
    fn one_request_at_a_time_is_served_to_strangers_too() {
        assert!(UnderWay::new(1).begin("a").unwrap().of_stranger().is_some());
    }
}
