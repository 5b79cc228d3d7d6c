//! Every benchmark of the project, one module a stage; results are asserted inside the timed closures, peers are groups
//! of the same run.
#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first wrong result")]

mod analyze;
mod binary;
mod growth;
mod parse;
mod png;
mod reduce;

use criterion::Criterion;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    parse::register(&mut criterion);
    binary::register(&mut criterion);
    analyze::register(&mut criterion);
    reduce::register(&mut criterion);
    png::register(&mut criterion);
    growth::register(&mut criterion);
    criterion.final_summary();
}
