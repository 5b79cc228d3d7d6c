//! Who may be connected. There is always room for a newcomer as long as some client keeps the platform waiting: the
//! one that has done so longest makes room, so that silent connections, however many, shut nobody out.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::time::{Duration, Instant};

use super::progress::Progress;
use crate::config::ListenLimits;

/// The open connections.
#[derive(Debug)]
pub(super) struct Seats {
    limits: ListenLimits,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    drawn: u64,
    connections: HashMap<u64, Connection>,
}

#[derive(Debug)]
struct Connection {
    network: IpAddr,
    progress: Arc<Progress>,
}

/// A place among the open connections, given back when dropped.
#[derive(Debug)]
pub(super) struct Seat {
    number: u64,
    seats: Arc<Seats>,
    pub(super) progress: Arc<Progress>,
}

impl Seats {
    pub(super) fn new(limits: ListenLimits) -> Arc<Self> {
        Arc::new(Self { limits, open: Mutex::default() })
    }

    /// A place for a connection from `network`; `None` when all others are being served.
    pub(super) fn take(self: &Arc<Self>, network: IpAddr) -> Option<Seat> {
        let mut open = self.open();
        if let Some(most) = self.limits.connections_per_address
            && open.connections.values().filter(|one| one.network == network).count() >= most
        {
            open.make_room(|one| one.network == network)?;
        }
        if open.connections.len() >= self.limits.connections {
            open.make_room(|_| true)?;
        }
        let (number, progress) = (open.drawn, Progress::new());
        open.drawn += 1;
        open.connections.insert(number, Connection { network, progress: Arc::clone(&progress) });
        Some(Seat { number, seats: Arc::clone(self), progress })
    }

    /// Ends connections whose answer does not move or whose request lasts too long.
    pub(super) fn cut_overdue(&self) {
        let (now, limits) = (Instant::now(), self.limits);
        let cut = self.open().cut_where(|one| one.progress.is_overdue(now, limits.write, limits.request));
        if cut > 0 {
            tracing::info!(cut, "connections whose clients did not take their answers were cut");
        }
    }

    /// Ends connections whose clients have kept the platform waiting for this long.
    pub(super) fn cut_silent(&self, patience: Duration) {
        let now = Instant::now();
        self.open().cut_where(|one| one.progress.silence(now).is_some_and(|silence| silence >= patience));
    }

    /// Ends all connections.
    pub(super) fn cut_all(&self) {
        self.open().cut_where(|_| true);
    }

    /// How many connections are open.
    pub(super) fn count(&self) -> usize {
        self.open().connections.len()
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// Ends the connection, of those that `may` go, whose client has kept the platform waiting longest.
    fn make_room(&mut self, may: impl Fn(&Connection) -> bool) -> Option<()> {
        let now = Instant::now();
        let silent = self.connections.iter().filter(|(_, one)| may(one));
        let silent = silent.filter_map(|(number, one)| Some((one.progress.silence(now)?, *number)));
        let (_, number) = silent.max_by_key(|&(silence, number)| (silence, Reverse(number)))?;
        self.connections.remove(&number)?.progress.cut();
        Some(())
    }

    fn cut_where(&mut self, condition: impl Fn(&Connection) -> bool) -> usize {
        let gone = self.connections.extract_if(|_, one| condition(one));
        gone.map(|(_, one)| one.progress.cut()).count()
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.open().connections.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seats(connections: usize, connections_per_address: Option<usize>) -> Arc<Seats> {
        let second = Duration::from_secs(1);
        Seats::new(ListenLimits {
            header: second,
            write: second,
            request: second,
            drain: second,
            connections,
            connections_per_address,
        })
    }

    fn network(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    async fn is_cut(seat: &Seat) -> bool {
        tokio::time::timeout(Duration::ZERO, seat.progress.until_cut()).await.is_ok()
    }

    #[tokio::test(start_paused = true)]
    async fn the_longest_silent_makes_room_for_a_newcomer() {
        let seats = seats(2, None);
        let first = seats.take(network(1)).unwrap();
        tokio::time::advance(Duration::from_secs(1)).await;
        let second = seats.take(network(2)).unwrap();
        let third = seats.take(network(3)).unwrap();
        let cut = [is_cut(&first).await, is_cut(&second).await, is_cut(&third).await];
        assert_eq!((cut, seats.count()), ([true, false, false], 2));
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_being_served_is_not_sent_away_and_a_newcomer_is() {
        let seats = seats(1, None);
        let served = seats.take(network(1)).unwrap();
        let _exchange = served.progress.begin();
        assert!(seats.take(network(2)).is_none() && !is_cut(&served).await);
        drop(served);
        assert!(seats.take(network(2)).is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn an_address_with_too_many_connections_makes_room_among_its_own() {
        let seats = seats(9, Some(2));
        let other = seats.take(network(1)).unwrap();
        tokio::time::advance(Duration::from_secs(1)).await;
        let [first, second, third] = [(); 3].map(|()| seats.take(network(2)).unwrap());
        let own = [is_cut(&first).await, is_cut(&second).await, is_cut(&third).await];
        assert_eq!(own.iter().filter(|&&cut| cut).count(), 1);
        assert!(!is_cut(&other).await && !is_cut(&third).await);
    }
}
