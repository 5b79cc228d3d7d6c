//! The real program, started as a process of its own.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::net::TcpStream;

use super::client::Client;

/// The program with its own folder and stores, stopped or running.
pub struct Program {
    folder: Arc<TempDir>,
    variables: Vec<(String, String)>,
}

/// The running program.
pub struct Running {
    child: Child,
    /// Where it listens, `127.0.0.1:port`.
    pub address: String,
    log: Arc<Mutex<String>>,
    _folder: Arc<TempDir>,
}

impl Program {
    /// The program with this folder of data and these variables of the environment.
    pub fn new(folder: Arc<TempDir>, variables: Vec<(String, String)>) -> Self {
        Self { folder, variables }
    }

    /// The command that starts it, on a port of the system's choice unless the variables name one.
    pub fn command(&self) -> Command {
        self.command_of(env!("CARGO_BIN_EXE_oxi"))
    }

    /// A command with the program's variables and folder.
    pub fn command_of(&self, name: &str) -> Command {
        let mut command = Command::new(name);
        command.env_clear().env("HOST", "127.0.0.1").env("PORT", "0");
        command.envs(self.variables.iter().cloned()).current_dir(self.folder.path());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Starts it and waits until it listens.
    pub fn start(&self) -> Running {
        self.start_by(self.command())
    }

    /// [`Program::start`] by another command than its own, such as one that wraps it.
    pub fn start_by(&self, mut command: Command) -> Running {
        let mut child = command.spawn().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = loop {
            let Some(Ok(line)) = lines.next() else {
                let mut words = String::new();
                child.stderr.take().unwrap().read_to_string(&mut words).unwrap();
                panic!("did not start: {words}{}", log.lock().unwrap());
            };
            let address =
                line.split("\"address\":\"").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned());
            log.lock().unwrap().push_str(&format!("{line}\n"));
            if let Some(address) = address {
                break address;
            }
        };
        let rest = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                rest.lock().unwrap().push_str(&format!("{line}\n"));
            }
        });
        Running { child, address, log, _folder: Arc::clone(&self.folder) }
    }
}

impl Running {
    /// A browser that has never been here.
    pub fn browser(&self) -> Client {
        Client::new(&format!("http://{}", self.address))
    }

    /// A connection on which nothing has been sent.
    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(&self.address).await.unwrap()
    }

    /// Sends a signal, `-TERM`.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for the end: exit code and how long it took.
    pub async fn ended(&mut self) -> (Option<i32>, Duration) {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(40) {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status.code(), begun.elapsed());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("still running: {}", self.log());
    }

    /// What it has written, once a line with these words is there.
    pub async fn log_with(&self, words: &str) -> String {
        for _ in 0..300 {
            if self.log().contains(words) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.log()
    }

    /// What it has written so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Memory in use, in MiB.
    pub fn memory_mib(&self) -> u64 {
        self.memory("VmRSS:")
    }

    /// Most memory it has used so far, in MiB.
    pub fn peak_memory_mib(&self) -> u64 {
        self.memory("VmHWM:")
    }

    fn memory(&self, which: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with(which)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
    }

    /// Time on processors so far, in seconds.
    pub fn cpu_seconds(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        // The name, in brackets, may hold blanks; user and system time are fields 14 and 15, in hundredths.
        let fields = stat.rsplit_once(") ").unwrap().1.split(' ').skip(11);
        fields.take(2).map(|ticks| ticks.parse::<f64>().unwrap()).sum::<f64>() / 100.0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
