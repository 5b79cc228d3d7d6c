//! A small reverse proxy: it sends request after request over one connection to the platform, as long as the platform
//! does not say that the connection ends, and answers 502 when the connection has ended without a word.

use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Starts a proxy in front of `upstream`; its address.
pub async fn start(upstream: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, upstream) = (listener.local_addr().unwrap().to_string(), upstream.to_owned());
    tokio::spawn(async move {
        let mut kept = None;
        while let Ok((mut client, _)) = listener.accept().await {
            while let Ok(request) = message(&mut client).await {
                let answer = forward(&mut kept, &upstream, &request).await;
                let answer = answer
                    .unwrap_or_else(|_| b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n".to_vec());
                _ = client.write_all(&answer).await;
            }
        }
    });
    address
}

/// One request over the kept connection, or over a new one when there is none.
async fn forward(kept: &mut Option<TcpStream>, upstream: &str, request: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = match kept.take() {
        Some(stream) => stream,
        None => TcpStream::connect(upstream).await?,
    };
    stream.write_all(request).await?;
    let answer = message(&mut stream).await?;
    let head = String::from_utf8_lossy(&answer[..head_length(&answer).unwrap()]).to_lowercase();
    if !head.contains("connection: close") {
        *kept = Some(stream);
    }
    Ok(answer)
}

/// Reads a request or an answer, whose length its header tells.
pub async fn message(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        if let Some(length) = whole_length(&bytes)
            && bytes.len() >= length
        {
            return Ok(bytes);
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

fn head_length(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

fn whole_length(bytes: &[u8]) -> Option<usize> {
    let head = head_length(bytes)?;
    let text = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
    let body = text
        .split("\r\ncontent-length:")
        .nth(1)
        .map_or(0, |rest| rest.split("\r\n").next().unwrap().trim().parse().unwrap());
    Some(head + body)
}
