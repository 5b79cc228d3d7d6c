//! Brevo's interface for single mails as a server in this process, with its moods.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// The key it knows.
pub const KEY: &str = "xkeysib-of-the-test";

/// Time between accepting and answering.
const A_WHILE: Duration = Duration::from_millis(300);

/// What becomes of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It is accepted and answered with 201.
    Accepts,
    /// It is accepted, and answered after a while.
    AcceptsSlowly,
    /// It is refused with this status.
    Refuses(u16),
    /// Nothing is answered, ever.
    Hangs,
    /// The connection ends without an answer.
    Dies,
    /// It is accepted, and the connection ends without an answer.
    AcceptsAndDies,
    /// It is accepted, and nothing is answered.
    AcceptsAndHangs,
}

#[derive(Debug)]
struct Inner {
    mood: Mood,
    requests: u64,
    keys: BTreeSet<String>,
    mailbox: Vec<Value>,
}

/// The stub; clones share it.
#[derive(Clone, Debug)]
pub struct Brevo {
    pub url: String,
    inner: Arc<Mutex<Inner>>,
}

impl Brevo {
    pub async fn start(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let inner = Inner { mood, requests: 0, keys: BTreeSet::new(), mailbox: Vec::new() };
        let stub = Self { url, inner: Arc::new(Mutex::new(inner)) };
        let serving = stub.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let stub = serving.clone();
                tokio::spawn(async move { stub.answer(stream).await });
            }
        });
        stub
    }

    pub fn change_mood(&self, mood: Mood) {
        self.inner.lock().unwrap().mood = mood;
    }

    /// Requests so far.
    pub fn requests(&self) -> u64 {
        self.inner.lock().unwrap().requests
    }

    /// The mails that were delivered.
    pub fn mailbox(&self) -> Vec<Value> {
        self.inner.lock().unwrap().mailbox.clone()
    }

    async fn answer(&self, mut stream: TcpStream) {
        let Some((head, body)) = read(&mut stream).await else { return };
        let mood = self.inner.lock().unwrap().mood;
        let (status, said) = self.judge(mood, &head, &body);
        match mood {
            Mood::Hangs | Mood::AcceptsAndHangs => std::future::pending().await,
            Mood::Dies | Mood::AcceptsAndDies => return,
            Mood::AcceptsSlowly => tokio::time::sleep(A_WHILE).await,
            Mood::Accepts | Mood::Refuses(_) => {}
        }
        let said = said.to_string();
        let answer = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{said}",
            said.len()
        );
        _ = stream.write_all(answer.as_bytes()).await;
    }

    /// What is answered; an accepted mail is in the mailbox, once for each key.
    fn judge(&self, mood: Mood, head: &str, body: &[u8]) -> (u16, Value) {
        assert!(head.starts_with("POST /v3/smtp/email "), "{head}");
        let mut inner = self.inner.lock().unwrap();
        inner.requests += 1;
        if !head.contains(&format!("api-key: {KEY}\r\n")) {
            return (401, json!({ "code": "unauthorized", "message": "Key not found" }));
        }
        match mood {
            Mood::Refuses(401) => {
                let message = "We have detected you are using an unrecognised IP address 203.0.113.7";
                (401, json!({ "code": "unauthorized", "message": message }))
            }
            Mood::Refuses(status) => (status, json!({ "code": "refused", "message": "as it was told to" })),
            Mood::Hangs | Mood::Dies => (500, Value::Null),
            Mood::Accepts | Mood::AcceptsSlowly | Mood::AcceptsAndDies | Mood::AcceptsAndHangs => {
                let mail: Value = serde_json::from_slice(body).unwrap();
                let key = mail["headers"]["idempotencyKey"].as_str().unwrap().to_owned();
                if !inner.keys.insert(key) {
                    return (400, json!({ "code": "duplicate_parameter", "message": "idempotencyKey" }));
                }
                inner.mailbox.push(mail);
                (201, json!({ "messageId": "<1@brevo>" }))
            }
        }
    }
}

/// The head and the body of a request; `None` when the client has gone.
async fn read(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    loop {
        let mut some = [0; 4096];
        let n = stream.read(&mut some).await.ok().filter(|n| *n > 0)?;
        bytes.extend_from_slice(&some[..n]);
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head =
            String::from_utf8(bytes[..end + 2].to_vec()).unwrap().to_lowercase().replacen("post", "POST", 1);
        let length = head.split("content-length: ").nth(1).unwrap().split("\r\n").next().unwrap();
        let whole = end + 4 + length.parse::<usize>().unwrap();
        if bytes.len() >= whole {
            return Some((head, bytes[end + 4..].to_vec()));
        }
    }
}
