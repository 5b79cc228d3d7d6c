//! Counts instructions: `gate check LIST` compares with a list, `gate bless LIST` writes it, `gate rows STAGE FILE...`
//! says instructions a row, `gate work STAGE TIMES FILE` is what valgrind watches. The file `made-up` is the made-up night.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool speaks")]

use std::{fs, path::Path, process::ExitCode};

use oxi_benches::dialects::Dialect;
use oxi_benches::gate::Counts;
use oxi_benches::night;
use oxi_benches::stage::Stage;
use oxicore::Recording;

const MADE_UP: &str = "made-up";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["work", stage, times, file] => work(stage, times, file),
        ["check", list] => check(list),
        ["bless", list] => bless(list),
        ["rows", stage, files @ ..] => rows(stage, files),
        _ => Err("say one of: check LIST, bless LIST, rows STAGE FILE...".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(complaint) => {
            eprintln!("error: {complaint}");
            ExitCode::FAILURE
        }
    }
}

fn work(stage: &str, times: &str, file: &str) -> Result<(), String> {
    let times = times.parse().map_err(|_| format!("not a number of times: {times:?}"))?;
    named(stage)?.repeat(&read(file)?, times)
}

fn check(list: &str) -> Result<(), String> {
    let text = fs::read_to_string(list).map_err(|error| format!("cannot read {list}: {error}"))?;
    let counts = counted()?;
    let verdicts = counts.against(&Counts::read(&text)?);
    verdicts.iter().for_each(|verdict| println!("{verdict}"));
    no_slower(&counts)?;
    match verdicts.iter().filter(|verdict| !verdict.passes()).count() {
        0 => Ok(()),
        failed => Err(format!(
            "{failed} stages take more instructions than {list} allows; make them faster, or accept them with: cargo xtask gate --bless"
        )),
    }
}

/// No dialect takes more instructions than the `csv` crate in the same run.
fn no_slower(counts: &Counts) -> Result<(), String> {
    let count = |stage: Stage| counts.of(&stage.name()).unwrap_or(0);
    let mut slower = vec![];
    for dialect in Dialect::ALL {
        let (own, peer) = (count(Stage::Other(dialect)), count(Stage::Peer(dialect)));
        let name = Stage::Other(dialect).name();
        println!("{name:<18} {:.2} of ByteRecord's instructions", own as f64 / peer as f64);
        if own > peer {
            slower.push(name);
        }
    }
    match slower.as_slice() {
        [] => Ok(()),
        names => {
            Err(format!("these dialects take more instructions than the csv crate: {}", names.join(", ")))
        }
    }
}

fn bless(list: &str) -> Result<(), String> {
    let counts = counted()?;
    print!("{counts}");
    fs::write(list, counts.to_string()).map_err(|error| format!("cannot write {list}: {error}"))
}

fn counted() -> Result<Counts, String> {
    Counts::measure(&Stage::all().collect::<Vec<_>>(), &own()?, MADE_UP.as_ref())
}

fn rows(stage: &str, files: &[&str]) -> Result<(), String> {
    let (mut instructions, mut rows) = (0, 0);
    for file in files {
        let counts = Counts::measure(&[named(stage)?], &own()?, Path::new(file))?;
        instructions += counts.of(stage).unwrap_or_default();
        rows += Recording::parse(&read(file)?).map_err(|error| error.to_string())?.len();
    }
    println!("{:.2}", instructions as f64 / rows as f64);
    Ok(())
}

fn named(stage: &str) -> Result<Stage, String> {
    Stage::named(stage).ok_or_else(|| {
        let all = Stage::all().map(Stage::name).collect::<Vec<_>>().join(", ");
        format!("no stage {stage:?}; stages are: {all}")
    })
}

fn read(file: &str) -> Result<Vec<u8>, String> {
    if file == MADE_UP {
        return Ok(night::csv(&night::night()));
    }
    fs::read(file).map_err(|error| format!("cannot read {file}: {error}"))
}

fn own() -> Result<std::path::PathBuf, String> {
    std::env::current_exe().map_err(|error| format!("cannot find this program: {error}"))
}
