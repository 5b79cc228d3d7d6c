//! The accept loop: bounds the number of connections, cuts clients that keep it waiting, and stops within a bound.

mod bodies;
mod plain;
mod progress;
mod seats;
mod socket;

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Request, Response, StatusCode, Version};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::TokioTimer;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, interval, sleep_until, timeout};
use tower::ServiceExt as _;

use super::client_ip::{Peer, network_of};
use super::kept::Kept;
use crate::config::ListenLimits;
use bodies::{AnswerBody, lend};
use plain::Plain;
use progress::{Exchange, Progress};
use seats::{Seat, Seats};
use socket::Socket;

/// After the stop signal a client that has kept the platform waiting for so long is cut.
const PATIENCE: Duration = Duration::from_secs(5);
/// Time between two looks at the connections.
const WATCH: Duration = Duration::from_millis(500);

/// Serves `router` on `listener` until `stop` resolves, then lets running requests finish.
///
/// `protective`: the headers of answers that are given before any route is known.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: ListenLimits,
    protective: HeaderMap,
    stop: impl Future<Output = ()>,
) {
    let acceptor = Acceptor { router, plain: Plain::new(protective), header: limits.header };
    let (seats, graceful) = (Seats::new(limits), GracefulShutdown::new());
    let mut watch = interval(WATCH);
    let mut stop = std::pin::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = accept(&listener) => accepted,
            _ = watch.tick() => {
                seats.cut_overdue();
                continue;
            }
            () = &mut stop => break,
        };
        match seats.take(network_of(peer.ip())) {
            Some(seat) => acceptor.serve(stream, peer, seat, &graceful),
            None => acceptor.turn_away(stream),
        }
    }
    drop(listener);
    drain(graceful, &seats, limits.drain).await;
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                _ = stream.set_nodelay(true);
                return (stream, peer);
            }
            Err(error) => {
                tracing::warn!(%error, "could not accept a connection");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// Longest header of a request, address and cookies included, in bytes: each connection may keep so much while it comes.
const HEADER_BYTES: usize = 64 << 10;

/// What every connection needs.
struct Acceptor {
    router: Router,
    plain: Plain,
    header: Duration,
}

impl Acceptor {
    /// Serves a connection beside the others.
    fn serve(&self, stream: TcpStream, peer: SocketAddr, seat: Seat, graceful: &GracefulShutdown) {
        let (router, plain) = (self.router.clone(), self.plain.clone());
        let progress = Arc::clone(&seat.progress);
        let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer));
            let exchange = progress.begin();
            answer(request, router.clone(), plain.clone(), Arc::clone(&progress), exchange)
        });
        let socket = Socket::new(stream, Arc::clone(&seat.progress), self.plain.clone());
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.header)
            .max_headers(100)
            .max_buf_size(HEADER_BYTES)
            .serve_connection(socket, service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            tokio::select! {
                ended = connection => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, "connection ended early");
                    }
                }
                () = seat.progress.until_cut() => tracing::debug!("connection cut"),
            }
        });
    }

    /// Tells a client that there is no room now.
    fn turn_away(&self, mut stream: TcpStream) {
        let answer = self.plain.bytes(StatusCode::SERVICE_UNAVAILABLE);
        tokio::spawn(timeout(Duration::from_secs(1), async move {
            _ = stream.write_all(&answer).await;
            _ = stream.shutdown().await;
            // Closing with the request unread would take the answer back.
            while stream.read(&mut [0; 4096]).await.is_ok_and(|length| length > 0) {}
        }));
    }
}

async fn answer(
    request: Request<Incoming>,
    router: Router,
    plain: Plain,
    progress: Arc<Progress>,
    exchange: Exchange,
) -> Result<Response<AnswerBody>, Infallible> {
    let names_host = names_one_host(&request);
    let (request, loan) = lend(request, &progress);
    let mut answer = if names_host {
        router.oneshot(request).await?
    } else {
        drop(request);
        plain.answer(StatusCode::BAD_REQUEST)
    };
    loan.settle(&mut answer).await;
    exchange.keep(Kept::of(&mut answer));
    Ok(answer.map(|body| AnswerBody::new(body, exchange)))
}

/// Whether a request says in the one way that HTTP/1.1 allows for which host it is; HTTP/1.0 need not.
fn names_one_host<B>(request: &Request<B>) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => Authority::try_from(host.as_bytes()).is_ok(),
        (None, _) => request.version() < Version::HTTP_11,
        (Some(_), Some(_)) => false,
    }
}

/// Running requests may finish; clients that keep the platform waiting may not hold it up.
async fn drain(graceful: GracefulShutdown, seats: &Seats, within: Duration) {
    let open = seats.count();
    tracing::info!(open, "stopping: running requests may finish");
    let (deadline, mut watch) = (Instant::now() + within, interval(WATCH));
    let mut finished = std::pin::pin!(graceful.shutdown());
    loop {
        tokio::select! {
            () = &mut finished => return,
            _ = watch.tick() => seats.cut_silent(PATIENCE),
            () = sleep_until(deadline) => break,
        }
    }
    tracing::warn!("some connections did not finish in time and are cut");
    seats.cut_all();
}
