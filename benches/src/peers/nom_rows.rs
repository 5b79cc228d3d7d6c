//! The row as a parser of parsers.

use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{char, line_ending, u8, u16, u32};
use nom::combinator::value;
use nom::{IResult, Parser as _};

use super::body;
use crate::rows::{Rows, second_of};

type Values = (i64, Option<u8>, Option<u16>, Option<u8>);

/// Reads the rows with nom, as its documentation teaches it.
pub fn nom_rows(text: &[u8], out: &mut Rows) -> Option<()> {
    let mut rest = body(text)?;
    out.clear();
    while !rest.is_empty() {
        let (after, (second, spo2, pulse, motion)) = row(rest).ok()?;
        out.push(second, spo2, pulse, motion);
        rest = after;
    }
    Some(())
}

fn row(input: &[u8]) -> IResult<&[u8], Values> {
    let spo2 = alt((value(None, tag("--")), u8.map(Some)));
    let pulse = alt((value(None, tag("--")), u16.map(Some)));
    let motion = alt((value(None, tag("--")), u8.map(Some)));
    let mut row = (time, char(','), spo2, char(','), pulse, char(','), motion, line_ending);
    let (rest, (time, _, spo2, _, pulse, _, motion, _)) = row.parse(input)?;
    Ok((rest, (time, spo2, pulse, motion)))
}

fn time(input: &[u8]) -> IResult<&[u8], i64> {
    let clock = (u32, char(':'), u32, char(':'), u32).map(|(h, _, m, _, s)| [h, m, s]);
    let date = (u32, char('/'), u32, char('/'), u32).map(|(d, _, m, _, y)| [d, m, y]);
    (clock, char(' '), date).map(|(clock, _, date)| second_of(clock, date)).parse(input)
}
