//! A client's socket that tells how the writing goes, and gives our own answer where hyper would give its own.
//!
//! hyper answers by itself, without any handler, when it cannot read a request's header (400, 414, 431). It does so
//! between requests, when nothing else is written; so what it writes then is replaced by the [`Plain`] answer with
//! the same status.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::http::StatusCode;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::plain::Plain;
use super::progress::{Progress, Stage};

pub(super) struct Socket {
    stream: TokioIo<TcpStream>,
    progress: Arc<Progress>,
    plain: Plain,
    /// What is left of our answer in place of hyper's.
    replacement: Option<Vec<u8>>,
}

impl Socket {
    pub(super) fn new(stream: TcpStream, progress: Arc<Progress>, plain: Plain) -> Self {
        Self { stream: TokioIo::new(stream), progress, plain, replacement: None }
    }

    /// Writes what has to be written by `write`, and tells how it went.
    fn poll_stream(
        &mut self,
        cx: &mut Context<'_>,
        write: impl FnOnce(Pin<&mut TokioIo<TcpStream>>, &mut Context<'_>) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        let written = write(Pin::new(&mut self.stream), cx);
        match written {
            Poll::Pending => self.progress.wait_for_client(Stage::Answer),
            Poll::Ready(_) => self.progress.moved(),
        }
        written
    }

    /// Whether what hyper writes now is an answer of its own, or the rest of one.
    fn is_hypers(&self) -> bool {
        self.replacement.is_some() || self.progress.is_between_requests()
    }

    /// Writes our answer in place of hyper's, of which `head` is the beginning.
    fn poll_replacement(&mut self, cx: &mut Context<'_>, head: &[u8]) -> Poll<io::Result<()>> {
        let plain = &self.plain;
        let rest = self.replacement.get_or_insert_with(|| plain.bytes(status(head)));
        while !rest.is_empty() {
            let written = Pin::new(&mut self.stream).poll_write(cx, rest);
            if written.is_pending() {
                self.progress.wait_for_client(Stage::Answer);
            }
            let written = ready!(written)?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            rest.drain(..written);
        }
        Poll::Ready(Ok(()))
    }
}

/// The status in the first line of an answer: `HTTP/1.1 431 ...`.
fn status(head: &[u8]) -> StatusCode {
    let digits = head.get(9..12).unwrap_or_default();
    StatusCode::from_bytes(digits).unwrap_or(StatusCode::BAD_REQUEST)
}

impl Write for Socket {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.is_hypers() {
            return self.poll_replacement(cx, bytes).map_ok(|()| bytes.len());
        }
        self.poll_stream(cx, |stream, cx| stream.poll_write(cx, bytes))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.is_hypers() {
            let head = parts.iter().find(|part| !part.is_empty()).map_or(&[][..], |part| part);
            let length = parts.iter().map(|part| part.len()).sum();
            return self.poll_replacement(cx, head).map_ok(|()| length);
        }
        self.poll_stream(cx, |stream, cx| stream.poll_write_vectored(cx, parts))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// hyper flushes when it has given away all it had.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_flush(cx))?;
        self.progress.flushed();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

impl Read for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use axum::http::{HeaderMap, HeaderValue};
    use tokio::io::AsyncReadExt as _;
    use tokio::net::TcpListener;

    use super::*;

    /// What the client gets of `parts`, written between requests in one way or the other.
    async fn received(parts: &[&[u8]], is_vectored: bool) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (stream, _) = listener.accept().await.unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("x-frame-options", HeaderValue::from_static("DENY"));
        let mut socket = Socket::new(stream, Progress::new(), Plain::new(headers));
        let slices: Vec<_> = parts.iter().map(|part| IoSlice::new(part)).collect();
        let written = poll_fn(|cx| match is_vectored {
            true => Pin::new(&mut socket).poll_write_vectored(cx, &slices),
            false => Pin::new(&mut socket).poll_write(cx, parts.first().unwrap()),
        });
        assert_eq!(written.await.unwrap(), parts.iter().map(|part| part.len()).sum::<usize>());
        drop(socket);
        let mut answer = String::new();
        client.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn a_client_that_does_not_take_it_is_overdue_and_gets_nothing_else_when_it_does() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (stream, _) = listener.accept().await.unwrap();
        let mut written = 0;
        while let Ok(length) = stream.try_write(&[b'x'; 100_000]) {
            written += length;
        }
        let progress = Progress::new();
        let mut socket = Socket::new(stream, Arc::clone(&progress), Plain::new(HeaderMap::new()));
        let mut write = async |bytes: &[u8]| poll_fn(|cx| Pin::new(&mut socket).poll_write(cx, bytes)).await;
        let own = b"HTTP/1.1 400 Bad Request\r\nhypers: own\r\n\r\n";
        let second = std::time::Duration::from_secs(1);
        assert!(tokio::time::timeout(second / 10, write(own)).await.is_err(), "there is no room");
        let later = tokio::time::Instant::now() + 4 * second;
        assert!(progress.is_overdue(later, 3 * second, 60 * second));
        let reading = tokio::spawn(async move {
            let mut all = Vec::new();
            client.read_to_end(&mut all).await.map(|_| all)
        });
        assert_eq!(write(own).await.unwrap(), own.len());
        drop(socket);
        let all = reading.await.unwrap().unwrap();
        let answer = String::from_utf8_lossy(&all[written..]);
        assert!(answer.starts_with("HTTP/1.1 400") && !answer.contains("hypers"), "{answer}");
    }

    #[tokio::test]
    async fn what_hyper_says_by_itself_is_replaced_however_it_writes() {
        let own = b"HTTP/1.1 431 Request Header Fields Too Large\r\n\r\n";
        for (parts, is_vectored) in
            [(&[&own[..]][..], false), (&[&b""[..], &own[..12], &own[12..]][..], true)]
        {
            let answer = received(parts, is_vectored).await;
            assert!(
                answer.starts_with("HTTP/1.1 431") && answer.contains("x-frame-options: DENY"),
                "{answer}"
            );
        }
    }
}
