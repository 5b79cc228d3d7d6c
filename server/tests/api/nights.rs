//! Files to upload: the fixtures of the core, and nights made up on the spot.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::client::{Answer, Client};

/// A CSV night every dialect question aside.
pub(crate) const CSV: &str = "D1_vihealth_6col_20260102235930.csv";
/// The same kind of night as the device itself stores it.
pub(crate) const BINARY: &str = "legacy_v3_4s_20260102235930";
/// A binary that ends inside a record.
pub(crate) const CUT: &str = "legacy_v3_truncated_mid_record_20260102235930";

fn core_tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../oxicore/tests")
}

/// The bytes of a fixture.
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(core_tests().join("fixtures").join(name)).unwrap()
}

/// What the core computes for every fixture, by name.
pub(crate) fn golden() -> serde_json::Map<String, Value> {
    let text = std::fs::read_to_string(core_tests().join("golden/synthetic.json")).unwrap();
    serde_json::from_str::<Value>(&text).unwrap().as_object().unwrap().clone()
}

/// Fifteen minutes that start on the `day` of January 2026 and hold one desaturation.
pub(crate) fn made_up(day: u32) -> Vec<u8> {
    let mut text = String::from("Time,Oxygen Level,Pulse Rate,Motion\n");
    for i in 0..225 {
        let spo2 = if (100..115).contains(&i) { 86 } else { 96 };
        text +=
            &format!("22:{:02}:{:02} Jan {day:02} 2026,{spo2},{},0\n", i * 4 / 60, i * 4 % 60, 55 + i % 9);
    }
    text.into_bytes()
}

/// A folder of recorded nights outside this repository; says so when there is none.
pub(crate) fn real(name: &str) -> Option<Vec<u8>> {
    let Ok(folder) = std::env::var("OXI_REAL_NIGHTS") else {
        println!("OXI_REAL_NIGHTS is not set: the recorded nights are not checked here");
        return None;
    };
    Some(std::fs::read(Path::new(&folder).join(name)).unwrap())
}

/// Uploads one file and gives the address of its page.
pub(crate) async fn store(doctor: &Client, name: &str, bytes: &[u8]) -> String {
    let answer = doctor.upload("/recordings", &[(name, bytes)], true).await;
    let address = answer.json()["files"][0]["recording"].as_str().map(str::to_owned);
    address.unwrap_or_else(|| panic!("{}", answer.text()))
}

/// Uploads one file, decides to store what is there when its end is missing, and gives the address of its page.
pub(crate) async fn store_as_it_is(doctor: &Client, name: &str, bytes: &[u8]) -> String {
    let asked =
        doctor.upload("/recordings", &[(name, bytes)], true).await.json()["files"][0]["incomplete"].clone();
    let Some(decision) = asked.as_str() else { return store(doctor, name, bytes).await };
    let answer = doctor.upload_decided("/recordings", &[decision], &[(name, bytes)], true).await;
    answer.json()["files"][0]["recording"]
        .as_str()
        .map(str::to_owned)
        .unwrap_or_else(|| panic!("{}", answer.text()))
}

/// Every number of a page: its path and the unrounded value in it.
pub(crate) fn numbers(page: &Answer) -> Vec<(String, Option<f64>)> {
    let text = page.text();
    let pieces = text.split("data-metric=\"").skip(1);
    let number = |piece: &str| {
        let path = piece.split('"').next().unwrap().to_owned();
        let raw = piece.split("data-value=\"").nth(1).unwrap().split('"').next().unwrap();
        (path, (!raw.is_empty()).then(|| raw.parse().unwrap()))
    };
    pieces.map(number).collect()
}

/// The value at a path such as `viatom.spo2_bands.0.pct`.
pub(crate) fn at<'v>(values: &'v Value, path: &str) -> &'v Value {
    path.split('.').fold(values, |value, step| match step.parse::<usize>() {
        Ok(index) => &value[index],
        Err(_) => &value[step],
    })
}
