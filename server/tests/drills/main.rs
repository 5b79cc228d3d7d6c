//! Drills: the real program under attack, with figures. `cargo xtask drill` lists and runs them; `cargo test` only builds
//! them, since each takes minutes.

#![expect(unreachable_pub, reason = "everything in a test program is private to it")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a drill that cannot go on fails")]
#![expect(clippy::print_stdout, reason = "the figures are for whoever runs the drill")]

mod audit;
mod bodies;
mod contract;
mod figures;
mod kill;
mod log_ins;
mod long_night;
mod mails;
mod memory;
mod night;
mod outage;
mod pid1;
mod sign_ins;
mod sockets;
mod support;
mod uploads;

use std::process::ExitCode;

use figures::Figures;

/// How long a drill takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// As promised.
    Full,
    /// Enough to notice that something broke.
    Sample,
}

impl Length {
    /// One of two numbers.
    pub fn of(self, full: u32, sample: u32) -> u32 {
        if self == Self::Full { full } else { sample }
    }
}

struct Drill {
    name: &'static str,
    about: &'static str,
    run: fn(Length) -> Vec<Figures>,
}

const DRILLS: [Drill; 12] = [
    Drill {
        name: "audit",
        about: "a chain of 100,000 entries verified; 200 readers, each opening kept",
        run: audit::run,
    },
    Drill { name: "kill", about: "uploads while the program is killed, kill -9, 30 times", run: kill::run },
    Drill { name: "mails", about: "mails while the program is killed, kill -9, 12 times", run: mails::run },
    Drill {
        name: "pid1",
        about: "two programs that are both process 1, on one folder of files",
        run: pid1::run,
    },
    Drill { name: "postgres", about: "uploads while PostgreSQL is killed, 20 times", run: outage::run },
    Drill { name: "sockets", about: "connections that are silent, or never read", run: sockets::run },
    Drill {
        name: "long-night",
        about: "sixty views at once of a recording of 306 days",
        run: long_night::run,
    },
    Drill { name: "bodies", about: "uploads made to cost: late, endless, countless", run: bodies::run },
    Drill {
        name: "sign-ins",
        about: "wrong log-ins, log-ins during a change of password, an administrator after an account",
        run: sign_ins::run,
    },
    Drill {
        name: "log-ins",
        about: "200 people at once, some with passwords that another platform hashed",
        run: log_ins::run,
    },
    Drill {
        name: "contract",
        about: "what /openapi.json allows and what it does not, as four people",
        run: contract::run,
    },
    Drill { name: "memory", about: "200 readers and 10 uploaders", run: memory::run },
];

/// `--run NAME...` and `--sample NAME...`, without a name all; anything else, such as a filter of `cargo test`, lists.
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let length = match arguments.first().map(String::as_str) {
        Some("--run") => Length::Full,
        Some("--sample") => Length::Sample,
        _ => {
            DRILLS.iter().for_each(|drill| println!("{:<12} {}", drill.name, drill.about));
            return ExitCode::SUCCESS;
        }
    };
    match chosen(&arguments[1..]) {
        Ok(drills) => run(&drills, length),
        Err(unknown) => {
            println!("no drill {unknown:?}");
            ExitCode::FAILURE
        }
    }
}

fn chosen(names: &[String]) -> Result<Vec<&'static Drill>, &String> {
    if names.is_empty() {
        return Ok(DRILLS.iter().collect());
    }
    names.iter().map(|name| DRILLS.iter().find(|drill| drill.name == *name).ok_or(name)).collect()
}

fn run(drills: &[&Drill], length: Length) -> ExitCode {
    let (mut held, mut broken) = (0, 0);
    for drill in drills {
        let begun = std::time::Instant::now();
        for figures in (drill.run)(length) {
            print!("{figures}");
            held += figures.held();
            broken += figures.broken();
        }
        println!("  {} took {:.0} s\n", drill.name, begun.elapsed().as_secs_f64());
    }
    let word = if broken == 0 { "ok" } else { "FAILED" };
    println!("test result: {word}. {held} passed; {broken} failed; 0 ignored; 0 measured; 0 filtered out");
    if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
