//! A mail server in this process that speaks as much SMTP as a client needs.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines, ReadHalf, WriteHalf, split};
use tokio::net::{TcpListener, TcpStream};

use super::mails::Arrived;

/// What it answers to the recipient of a mail, or to a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    Accepts,
    /// To `RCPT`, such as 451 or 550.
    Recipient(u16),
    /// To `AUTH`, such as 535.
    Password(u16),
    /// It greets nobody.
    Nothing,
}

/// The server; clones share it.
#[derive(Clone, Debug)]
pub struct MailServer {
    pub url: String,
    answers: Arc<Mutex<Answers>>,
    mailbox: Arc<Mutex<Vec<Arrived>>>,
    connections: Arc<Mutex<u64>>,
}

impl MailServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://oxi:p%40ss@{}?tls=none", listener.local_addr().unwrap());
        let answers = Arc::new(Mutex::new(Answers::Accepts));
        let server = Self { url, answers, mailbox: Arc::default(), connections: Arc::default() };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *serving.connections.lock().unwrap() += 1;
                let server = serving.clone();
                tokio::spawn(async move { server.talk(stream).await });
            }
        });
        server
    }

    pub fn answer(&self, answers: Answers) {
        *self.answers.lock().unwrap() = answers;
    }

    pub fn mailbox(&self) -> Vec<Arrived> {
        self.mailbox.lock().unwrap().clone()
    }

    pub fn connections(&self) -> u64 {
        *self.connections.lock().unwrap()
    }

    /// `None`: the client has gone.
    async fn talk(&self, stream: TcpStream) -> Option<()> {
        let answers = *self.answers.lock().unwrap();
        let (reader, writer) = split(stream);
        let mut lines = BufReader::new(reader).lines();
        if answers == Answers::Nothing {
            std::future::pending().await
        }
        let mut client = Talk { writer };
        client.say("220 mail.example.ro").await?;
        loop {
            let line = lines.next_line().await.ok()??;
            let command = line.split(' ').next().unwrap_or_default().to_uppercase();
            match (command.as_str(), answers) {
                ("EHLO", _) => client.say("250-mail.example.ro\r\n250-8BITMIME\r\n250 AUTH PLAIN").await?,
                ("AUTH", Answers::Password(code)) => client.say(&format!("{code} no")).await?,
                ("AUTH", _) => client.say(if line == PLAIN { "235 ok" } else { "535 no" }).await?,
                ("RCPT", Answers::Recipient(code)) => client.say(&format!("{code} no such box")).await?,
                ("DATA", _) => {
                    client.say("354 go on").await?;
                    let mail = data(&mut lines).await?;
                    self.mailbox.lock().unwrap().push(Arrived::parse(mail.as_bytes()));
                    client.say("250 queued").await?;
                }
                ("QUIT", _) => client.say("221 bye").await?,
                _ => client.say("250 ok").await?,
            }
        }
    }
}

/// `\0oxi\0p@ss`.
const PLAIN: &str = "AUTH PLAIN AG94aQBwQHNz";

struct Talk {
    writer: WriteHalf<TcpStream>,
}

impl Talk {
    async fn say(&mut self, line: &str) -> Option<()> {
        self.writer.write_all(format!("{line}\r\n").as_bytes()).await.ok()
    }
}

/// The lines of a mail up to the single dot, with doubled dots undone.
async fn data(lines: &mut Lines<BufReader<ReadHalf<TcpStream>>>) -> Option<String> {
    let mut mail = String::new();
    loop {
        let line = lines.next_line().await.ok()??;
        if line == "." {
            return Some(mail);
        }
        mail.push_str(line.strip_prefix('.').unwrap_or(&line));
        mail.push_str("\r\n");
    }
}
