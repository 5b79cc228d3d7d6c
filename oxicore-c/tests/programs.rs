//! Programs in C, compiled as their reader would: on this machine, by CMake and pkg-config, and on an emulated Cortex-M4.
#![expect(clippy::unwrap_used, reason = "a test without its compiler must fail")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use oxicore::analysis::Live;
use oxicore::{AnalysisOptions, ParseOptions, PulseRate, Recording, Sample, Span, Spo2};
use serde_json::{Map, Value};

fn own(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The folder that cargo builds into.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().to_owned()
}

fn tmp(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn run(command: &mut Command) -> String {
    let ran = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let (out, err) =
        (String::from_utf8(ran.stdout).unwrap(), String::from_utf8_lossy(&ran.stderr).into_owned());
    assert!(ran.status.success(), "{command:?}\n{out}\n{err}");
    out
}

/// Builds the library, and gives the folder that it is in.
fn library(words: &str, folder: &str) -> PathBuf {
    let build = "build --quiet --package oxicore-c --lib --target-dir";
    run(Command::new(env!("CARGO")).args(build.split(' ')).arg(target()).args(words.split(' ')));
    target().join(folder)
}

fn cc(program: &Path, words: &[&str], flags: &[String]) {
    let warnings = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror"];
    run(Command::new("cc")
        .args(warnings)
        .args(words)
        .arg(own("examples/live.c"))
        .args(flags)
        .arg("-o")
        .arg(program));
}

/// The example by the shared library.
fn example() -> PathBuf {
    let (folder, program) = (library("--profile c", "c"), tmp("live-shared"));
    let folder = folder.to_str().unwrap();
    let include = format!("-I{}", own("include").display());
    let link = [format!("-L{folder}"), "-loxicore_c".to_owned(), format!("-Wl,-rpath,{folder}")];
    cc(&program, &[&include], &link);
    program
}

/// The records of a night, as the example reads them.
fn lines(night: Recording<'_>) -> String {
    night.samples().fold(String::new(), |mut text, sample| {
        let (spo2, pulse) = (sample.spo2.map_or(0, Spo2::as_pct), sample.pulse.map_or(0, PulseRate::as_bpm));
        let motion = sample.motion.map_or(-1, |motion| i32::from(motion.as_raw()));
        writeln!(text, "{} {spo2} {pulse} {motion}", sample.at.as_secs()).unwrap();
        text
    })
}

fn said(program: &Path, night: Recording<'_>) -> String {
    let below_range = if night.is_of_ring() { "1" } else { "0" };
    let interval = night.interval().as_secs().to_string();
    let mut child = Command::new(program)
        .args([&*interval, below_range])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(lines(night).as_bytes()).unwrap();
    let ran = child.wait_with_output().unwrap();
    assert!(ran.status.success());
    String::from_utf8(ran.stdout).unwrap()
}

fn golden() -> Map<String, Value> {
    let text = fs::read(own("../oxicore/tests/golden/synthetic.json")).unwrap();
    let Value::Object(all) = serde_json::from_slice(&text).unwrap() else { panic!("no object") };
    all
}

fn with_fixture<T>(name: &str, work: impl FnOnce(Recording<'_>) -> T) -> T {
    let file = fs::read(own("../oxicore/tests/fixtures").join(name)).unwrap();
    work(Recording::parse_with(&file, &ParseOptions::default().with_file_name(name)).unwrap())
}

/// How many numbers were compared.
fn assert_summary(said: &str, expected: &Value, name: &str) -> usize {
    let lines = said.lines().filter_map(|line| line.strip_prefix('/')?.split_once(' '));
    let mut compared = 0;
    for (path, found) in lines {
        // The file of a device may tell another duration than its records.
        if path.starts_with("viatom") && !expected["device"].is_null() {
            continue;
        }
        let expected = expected.pointer(&format!("/{path}")).unwrap_or_else(|| panic!("{name}: no {path}"));
        match (found.parse::<f64>(), expected.as_f64()) {
            (Ok(found), Some(expected)) => {
                let is_near = (found - expected).abs() <= 1e-9 * expected.abs().max(1.0);
                assert!(is_near, "{name} {path}: {found} is not {expected}");
            }
            _ => assert!(found == "null" && expected.is_null(), "{name} {path}: {found} is not {expected}"),
        }
        compared += 1;
    }
    compared
}

fn assert_events(said: &str, expected: &Value, name: &str) {
    const OUTCOMES: [&str; 4] = ["complete", "sustained", "gap", "end"];
    let found = said.lines().filter_map(|line| line.strip_prefix("event 3 "));
    let expected = expected.as_array().unwrap().iter().map(|event| {
        let outcome = OUTCOMES.iter().position(|word| event["outcome"] == **word).unwrap();
        let rise = event["pulse_rise"].as_bool().map_or(-1, i32::from);
        let number = |key: &str| event[key].as_u64().unwrap();
        let [onset, nadir_s, end] = ["onset_s", "nadir_s", "end_s"].map(number);
        let [peak, nadir, area] = ["peak_pct", "nadir_pct", "area_pct_s"].map(number);
        format!("{onset} {nadir_s} {end} {peak} {nadir} {area} {outcome} {rise}")
    });
    assert!(found.eq(expected), "{name}: {said}");
}

#[test]
fn every_fixture_has_its_golden_numbers_through_c() {
    let (program, golden) = (example(), golden());
    assert!(golden.len() > 30);
    for (name, expected) in &golden {
        let said = with_fixture(name, |night| said(&program, night));
        assert_events(&said, &expected["events"], name);
        assert!(assert_summary(&said, &expected["summary"], name) >= 40, "{name}");
    }
}

#[test]
fn cmake_and_pkg_config_know_the_library() {
    let (build, prefix) = (tmp("consumer"), tmp("prefix"));
    let define = |name: &str, value: &Path| format!("-D{name}={}", value.display());
    let mut configure = Command::new("cmake");
    configure.arg("-S").arg(own("tests/consumer")).arg("-B").arg(&build);
    configure.arg(define("OXICORE_C", &own(""))).arg(define("CMAKE_INSTALL_PREFIX", &prefix));
    run(configure.arg("-DCMAKE_INSTALL_LIBDIR=lib").env_remove("CARGO_TARGET_DIR"));
    run(Command::new("cmake").arg("--build").arg(&build));
    run(Command::new("cmake").arg("--install").arg(&build));
    let flags = run(Command::new("pkg-config")
        .args(["--cflags", "--libs", "oxicore"])
        .env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig")));
    let (by_cmake, by_pkg_config) = (build.join("live"), tmp("live-static"));
    cc(&by_pkg_config, &[], &flags.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    let (name, expected) = golden().into_iter().next().unwrap();
    for program in [by_cmake, by_pkg_config] {
        let said = with_fixture(&name, |night| said(&program, night));
        assert_summary(&said, &expected["summary"], &name);
    }
}

/// What `examples/board/board.c` says of its made-up night.
fn expected_of_board() -> String {
    const FALL: [u32; 15] = [0, 0, 0, 0, 0, 0, 1, 3, 5, 6, 4, 2, 0, 0, 0];
    let mut live = Live::new(Span::from_secs(4), None, &AnalysisOptions::default()).unwrap();
    let mut text = String::new();
    let mut event = |threshold: oxicore::Threshold, event: oxicore::Desaturation| {
        let (x, onset, end) = (threshold.as_pct(), event.onset.as_secs(), event.end.as_secs());
        writeln!(text, "event {x:016x} {onset:016x} {end:016x} {:016x}", event.area_pct_s).unwrap();
    };
    for record in 0..3_000_u32 {
        let fall = FALL[record as usize % 15];
        let deeper = if fall > 0 { record / 15 % 5 } else { 0 };
        let spo2 = Spo2::from_device(if record % 97 == 96 { 0 } else { 96 - fall - deeper });
        let sample = Sample::new(live.due(), spo2, PulseRate::from_device(60 + record % 15 / 4 * 3));
        live.push(&sample.with_motion(oxicore::units::Motion::from_device(0)), &mut event).unwrap();
    }
    let summary = live.finish(&mut event).unwrap();
    let bits = |number: Option<f64>| number.map_or(u64::MAX, f64::to_bits);
    let (odi3, odi4) = (summary.aasm.odi3, summary.aasm.odi4);
    writeln!(text, "records {:016x}", summary.recording.records).unwrap();
    writeln!(text, "odi3 {:016x} {:016x}", odi3.count, bits(odi3.per_h)).unwrap();
    writeln!(text, "odi4 {:016x} {:016x}", odi4.count, bits(odi4.per_h)).unwrap();
    writeln!(text, "delta {:016x}", bits(summary.delta_index_pct)).unwrap();
    text
}

#[test]
fn a_board_without_an_operating_system_finds_what_this_machine_finds_bit_by_bit() {
    let triple = "thumbv7em-none-eabihf";
    let archive =
        library(&format!("--profile c --target {triple}"), &format!("{triple}/c")).join("liboxicore_c.a");
    let (program, board) = (tmp("board.elf"), own("examples/board"));
    let mut compile = Command::new("arm-none-eabi-gcc");
    compile.args("-mcpu=cortex-m4 -mthumb -mfloat-abi=hard -mfpu=fpv4-sp-d16 -O2".split(' '));
    compile.args("-std=c11 -Wall -Wextra -Werror -ffreestanding -nostdlib -Wl,--gc-sections -T".split(' '));
    compile.arg(board.join("board.ld")).arg("-I").arg(own("include")).arg(board.join("board.c"));
    run(compile.arg(archive).arg("-lgcc").arg("-o").arg(&program));
    let mut emulator = Command::new("qemu-system-arm");
    emulator.args("-cpu cortex-m4 -machine mps2-an386 -nographic -semihosting-config".split(' '));
    let ran = emulator.arg("enable=on,target=native").arg("-kernel").arg(&program).output().unwrap();
    // What a program says through its debugger goes where the emulator's own words go.
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(ran.status.success(), "{said}");
    for (found, expected) in said.lines().zip(expected_of_board().lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(said.lines().count(), expected_of_board().lines().count());
}
