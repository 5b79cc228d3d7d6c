//! Rows whose form is learned from the row before, and rows that do not keep to it: the short way finds what the general reader
//! finds, or the same error.

use oxicore::testing::fuzz_fast_vs_general;
use proptest::prelude::*;
use proptest::sample::select;

/// Names of the columns and how the rows number and tell their time, which counts `steps` of so many of its units.
#[derive(Clone, Debug)]
struct Form {
    time: &'static str,
    before: &'static str,
    first: i64,
    step: i64,
    after: &'static str,
}

const fn form(time: &'static str, first: i64, step: i64) -> Form {
    Form { time, before: "", first, step, after: "" }
}

const FORMS: [Form; 12] = [
    form("Time [s]", 0, 4),
    form("Time [s]", 86_390, 1),
    Form { after: ".0", ..form("elapsed_s", 0, 1) },
    Form { after: ",0", ..form("Zeit (s)", 7, 4) },
    form("t_ms", 0, 2_000),
    form("t_ms", 100, 1_000),
    form("Elapsed (min)", 0, 1),
    form("timestamp", 1_763_071_100, 4),
    form("timestamp", 1_763_071_100_000, 4_000),
    form("timestamp", 1_763_071_100_000_250, 4_000_000),
    form("timestamp", 4_133_980_700, 1_000),
    form("time", 1_763_071_100_000_000_000, 1_000_000_000),
];

/// A moment in place of a number.
fn moment(at: i64) -> String {
    let (minute, second) = (at.div_euclid(60), at.rem_euclid(60));
    format!("2025-11-{:02} {:02}:{:02}:{second:02}", 13 + minute / 1_440, minute / 60 % 24, minute % 60)
}

/// What stands around the readings of a row.
#[derive(Clone, Debug)]
struct Dress {
    quote: &'static str,
    units: [&'static str; 2],
    decimals: &'static str,
}

fn dress() -> impl Strategy<Value = Dress> {
    let units = select(vec![["", ""], [" %", " bpm"], ["%", "/min"], ["%", "BPM"], ["", " bpm"], ["x", ""]]);
    let decimals = select(vec!["", "", ".0", ".4", ".5", ",7", ".123"]);
    (select(vec!["", "\""]), units, decimals).prop_map(|(quote, units, decimals)| Dress {
        quote,
        units,
        decimals,
    })
}

/// A row: how far it stands from its place, its readings, and what stands around them if not what does around all.
type Row = (i64, [&'static str; 3], Option<Dress>);

fn row() -> impl Strategy<Value = Row> {
    let late = prop_oneof![200 => Just(0_i64), 1 => -9..9_i64, 1 => Just(9_000)];
    let reading = || {
        let usual = select(vec!["97", "96", "88", "61", "100"]);
        let other = select(vec!["", "--", "-", "0", "5", "105", "255", "300", "65535"]);
        prop_oneof![200 => usual, 10 => other, 1 => select(vec!["0.96", "x", "12Time", "9 6"])]
    };
    let motion = prop_oneof![20 => select(vec!["0", "7", "146"]), 1 => select(vec!["", "--", "256", "0 x"])];
    let other = prop_oneof![40 => Just(None), 1 => dress().prop_map(Some)];
    (late, (reading(), reading(), motion), other)
        .prop_map(|(late, (a, b, c), other)| (late, [a, b, c], other))
}

fn text(
    form: &Form,
    is_moment: bool,
    delimiter: char,
    usual: &Dress,
    names: [&str; 3],
    rows: &[Row],
) -> String {
    let index = if form.before.is_empty() { String::new() } else { format!("No{delimiter}") };
    let mut text = format!("{index}{}{delimiter}{}\n", form.time, names.join(&delimiter.to_string()));
    for (place, (late, values, other)) in (0_i64..).zip(rows) {
        let Dress { quote, units: [spo2, pulse], decimals } = other.as_ref().unwrap_or(usual);
        let at = (place + late).max(0);
        let time = if is_moment {
            moment(at * 40)
        } else {
            format!("{}{}", form.first + at * form.step, form.after)
        };
        let is_number = |value: &str| value.bytes().all(|byte| byte.is_ascii_digit()) && !value.is_empty();
        let dressed = |value: &str, unit: &str| {
            if is_number(value) {
                format!("{quote}{value}{decimals}{unit}{quote}")
            } else {
                format!("{quote}{value}{quote}")
            }
        };
        let [a, b, motion] = values;
        let number =
            if form.before.is_empty() { String::new() } else { format!("{quote}{place}{quote}{delimiter}") };
        let cells = [
            format!("{quote}{time}{quote}"),
            dressed(a, spo2),
            dressed(b, pulse),
            format!("{quote}{motion}{quote}"),
        ];
        text.push_str(&format!("{number}{}\n", cells.join(&delimiter.to_string())));
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 1 } else { 200 }))]

    #[test]
    fn rows_that_keep_to_a_form_and_rows_that_do_not_are_read_as_the_general_reader_does(
        form in select(FORMS.to_vec()),
        (is_moment, is_numbered) in any::<(bool, bool)>(),
        delimiter in select(vec![',', ';', '\t']),
        usual in dress(),
        names in select(vec![["SpO2", "Pulse", "Motion"], ["Pulse", "SpO2", "Motion"], ["SpO2", "Pulse", "Battery"]]),
        rows in prop::collection::vec(row(), 1..60),
    ) {
        let form = Form { before: if is_numbered { "No" } else { "" }, ..form };
        let form = if is_moment { Form { time: "Time", ..form } } else { form };

        fuzz_fast_vs_general(text(&form, is_moment, delimiter, &usual, names, &rows).as_bytes());
    }
}
