//! Writes the made-up night to the standard output: `night csv | legacy | unfriendly | png`, or `night archive NIGHTS`.

use std::io::{self, Write as _};

use oxi_benches::night;

fn main() -> io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let file = match words.as_slice() {
        ["csv"] => night::csv(&night::night()),
        ["legacy"] => night::legacy(&night::night()),
        ["unfriendly"] => night::csv(&night::unfriendly()),
        ["png"] => oxi_benches::picture::png(&night::csv(&night::night())).map_err(io::Error::other)?,
        ["archive", nights] => {
            let nights: u32 = nights.parse().map_err(io::Error::other)?;
            night::archive(&night::night(), nights.saturating_mul(night::RECORDS), night::INTERVAL_S)
        }
        _ => return Err(io::Error::other("say one of: csv, legacy, unfriendly, png, archive NIGHTS")),
    };
    io::stdout().write_all(&file)
}
