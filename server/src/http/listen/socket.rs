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

    /// Writes our answer in place of hyper's, of which `head` is the beginning.
    fn poll_replacement(&mut self, cx: &mut Context<'_>, head: &[u8]) -> Poll<io::Result<()>> {
        let plain = &self.plain;
        let rest = self.replacement.get_or_insert_with(|| plain.bytes(status(head)));
        while !rest.is_empty() {
            let written = ready!(Pin::new(&mut self.stream).poll_write(cx, rest))?;
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
        if self.progress.is_between_requests() {
            return self.poll_replacement(cx, bytes).map_ok(|()| bytes.len());
        }
        self.poll_stream(cx, |stream, cx| stream.poll_write(cx, bytes))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.progress.is_between_requests() {
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
