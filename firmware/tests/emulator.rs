//! The emulated boards say what the host says, in the memory and the time that `SIZES.md` states.
//!
//! `OXI_BLESS=1` writes that table anew; otherwise it may be off by a fiftieth, as paths of another machine are in the program.
#![expect(clippy::unwrap_used, reason = "a test that cannot start the emulator must fail")]

use std::fmt::Write as _;
use std::process::Command;
use std::sync::LazyLock;
use std::{env, fs};

/// A board, and everything that it printed.
struct Board {
    name: &'static str,
    ram_bytes: u32,
    /// Of the clock that counts ticks.
    megahertz: f64,
    said: String,
}

static BOARDS: LazyLock<[Board; 2]> = LazyLock::new(|| {
    [
        Board::run("Cortex-M4F, `thumbv7em-none-eabihf`", "thumbv7em-none-eabihf", 64, 25.0),
        Board::run("Cortex-M0, `thumbv6m-none-eabi`", "thumbv6m-none-eabi", 16, 16.0),
    ]
});

impl Board {
    fn run(name: &'static str, target: &str, ram_kb: u32, megahertz: f64) -> Self {
        let words = format!("run --quiet --release --target {target}");
        let ran = Command::new(env!("CARGO")).args(words.split(' ')).output().unwrap();
        assert!(ran.status.success(), "{target}: {}", String::from_utf8_lossy(&ran.stderr));
        let said = String::from_utf8(ran.stdout).unwrap();
        Self { name, ram_bytes: ram_kb * 1_024, megahertz, said }
    }

    /// The number after a word of the board's own lines.
    fn figure(&self, word: &str) -> u32 {
        let own = self.said.lines().filter(|line| line.starts_with("board "));
        let mut words = own.flat_map(str::split_whitespace).skip_while(|found| *found != word);
        words.nth(1).unwrap().parse().unwrap()
    }

    /// The emulator executes one instruction a nanosecond.
    fn instructions_a_record(&self) -> u32 {
        let nanoseconds = f64::from(self.figure("ticks")) * 1_000.0 / self.megahertz;
        (nanoseconds / f64::from(RECORDS)) as u32
    }

    fn figures(&self) -> [u32; 7] {
        let figure = |word| self.figure(word);
        [
            figure("code_bytes"),
            figure("static_bytes"),
            figure("live_bytes"),
            figure("recording_stack_bytes"),
            figure("summary_bytes"),
            figure("stack_bytes"),
            self.instructions_a_record(),
        ]
    }
}

const RECORDS: u32 = 7_200;

/// The night as the host tells it.
fn host() -> String {
    let mut text = String::new();
    let mut live = oxi_firmware::prepare().unwrap().begin();
    oxi_firmware::record(&mut live, &mut oxi_firmware::sensor::Sensor::default(), &mut text).unwrap();
    oxi_firmware::end(&live, &mut text).unwrap();
    text
}

#[test]
fn the_boards_find_the_events_and_numbers_that_the_host_finds() {
    let host = host();
    assert!(host.contains(&format!("\nrecords {RECORDS} ")), "{host}");
    for board in BOARDS.iter() {
        let lines = board.said.lines().filter(|line| !line.starts_with("board "));
        let numbers: String = lines.map(|line| format!("{line}\n")).collect();
        assert_eq!(numbers, host, "{}", board.name);
        let events = host.lines().filter(|line| line.starts_with("event ")).count();
        // One of each threshold may be known at the end of the night alone, which is not counted in time.
        assert!((0..=2).contains(&(events - board.figure("events") as usize)), "{}", board.name);
    }
}

#[test]
fn while_it_records_the_stack_holds_hardly_more_than_the_state() {
    for board in BOARDS.iter() {
        let (stack, state) = (board.figure("recording_stack_bytes"), board.figure("live_bytes"));
        assert!(stack > state, "the paint was not there: {stack}");
        assert!(stack <= state + 2_048, "{}: {stack} bytes for {state}", board.name);
    }
}

#[test]
fn the_numbers_fit_into_sixteen_kilobytes_too() {
    for board in BOARDS.iter() {
        let used = board.figure("stack_bytes") + board.figure("static_bytes");
        assert!(used <= 15 * 1_024 && used < board.ram_bytes, "{}: {used} bytes", board.name);
    }
}

#[test]
fn the_program_is_small() {
    for board in BOARDS.iter() {
        let code = board.figure("code_bytes");
        assert!((1_000..56 * 1_024).contains(&code), "{}: {code} bytes besides the night", board.name);
    }
}

const TABLE: &str = "SIZES.md";
const HEAD: &str = "# Sizes on microcontrollers

Written by the tests of this folder (`OXI_BLESS=1 cargo test`): the program of `src`, which analyses 7,200 records as they come and prints each event when
it is known and all numbers at the end, at `opt-level = 3`. Bytes; the stack is counted by what was written of it.

* *Flash*: instructions and constants, printing and start-up code included, the made-up night not.
* *Stack, recording*: with the analysis (*state*) in it. *Stack, numbers*: the same once `ended` has computed the numbers (*summary*) and they were printed.
* *Instructions*: of the emulated processor for a record, printing left out.

| Board | flash | static | state | stack, recording | summary | stack, numbers | instructions a record |
|---|---:|---:|---:|---:|---:|---:|---:|
";

#[test]
fn the_table_of_sizes_is_what_was_measured() {
    let path = format!("{}/{TABLE}", env!("CARGO_MANIFEST_DIR"));
    if env::var_os("OXI_BLESS").is_some() {
        let mut table = HEAD.to_owned();
        for board in BOARDS.iter() {
            let cells = board.figures().map(|figure| figure.to_string()).join(" | ");
            writeln!(table, "| {} | {cells} |", board.name).unwrap();
        }
        fs::write(&path, table).unwrap();
    }
    let text = fs::read_to_string(&path).unwrap();
    let rows = text.strip_prefix(HEAD).unwrap_or_else(|| panic!("{TABLE} has another head"));
    assert_eq!(rows.lines().count(), BOARDS.len());
    for (row, board) in rows.lines().zip(BOARDS.iter()) {
        let stated: Vec<u32> = row.split('|').filter_map(|cell| cell.trim().parse().ok()).collect();
        let measured = board.figures();
        let is_near = |(&stated, measured): (&u32, u32)| measured.abs_diff(stated) <= stated / 50;
        let are_near = stated.len() == measured.len() && stated.iter().zip(measured).all(is_near);
        assert!(are_near, "{TABLE} says {row}, measured was {measured:?}: run with OXI_BLESS=1");
    }
}
