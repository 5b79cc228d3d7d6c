//! The emulated board says what the host says.
#![expect(clippy::unwrap_used, reason = "a test that cannot start the emulator must fail")]

use std::process::Command;
use std::sync::OnceLock;

const RAM_BYTES: usize = 64 * 1024;

/// Everything the board printed, once for all tests.
fn board() -> &'static str {
    static SAID: OnceLock<String> = OnceLock::new();
    SAID.get_or_init(|| {
        let words = "run --quiet --release --target thumbv7em-none-eabihf";
        let ran = Command::new(env!("CARGO")).args(words.split(' ')).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        let said = String::from_utf8(ran.stdout).unwrap();
        eprintln!("{said}");
        said
    })
}

/// The number after a word of the board's own lines.
fn figure(word: &str) -> usize {
    let mut words = board().split_whitespace().skip_while(|found| *found != word);
    words.nth(1).unwrap().parse().unwrap()
}

#[test]
fn the_board_finds_the_numbers_that_the_host_finds() {
    let numbers: String =
        board().lines().filter(|line| !line.starts_with("board ")).map(|line| format!("{line}\n")).collect();
    let mut host = String::new();
    oxi_firmware::tell(oxi_firmware::NIGHT, &mut host).unwrap();
    assert_eq!(numbers, host);
}

#[test]
fn the_night_is_a_whole_one() {
    assert_eq!(oxi_firmware::NIGHT.iter().filter(|byte| **byte == b'\n').count(), 7_201);
    assert!(board().contains("records 7200 "), "{}", board());
}

#[test]
fn the_analysis_leaves_half_of_the_memory_to_others() {
    let (stack, statics) = (figure("stack_bytes"), figure("static_bytes"));
    assert!(stack > 1_000, "the paint was not there: {stack}");
    assert!(stack + statics <= RAM_BYTES / 2, "stack {stack}, statics {statics}");
}

#[test]
fn the_program_is_small() {
    // Half of the flash of a common Cortex-M4F. The program reads any program's text, so the whole CSV reader is in it:
    // column words of thirty languages, dates of a dozen forms.
    let code = figure("code_bytes");
    assert!((1_000..256 * 1024).contains(&code), "{code} bytes besides the night");
}
