//! The sensor: a made-up night, sent a few readings at a time.

use oxicore::Span;

use crate::ring::{Reading, Ring};

/// Seconds between two readings.
pub const INTERVAL: Span = Span::from_secs(4);

/// Three bytes a record.
const RECORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/records.bin"));

/// Bytes of the night, which are no part of the program.
pub const NIGHT_BYTES: usize = RECORDS.len();

/// Where the night has come to.
#[derive(Debug)]
pub struct Sensor {
    rest: &'static [u8],
}

impl Default for Sensor {
    fn default() -> Self {
        Self { rest: RECORDS }
    }
}

impl Sensor {
    /// As a radio does it: five readings together. False once the night is over.
    pub fn send(&mut self, ring: &mut Ring) -> bool {
        let has_more = !self.rest.is_empty();
        for _ in 0..5 {
            let Some((&[spo2, pulse, motion], rest)) = self.rest.split_first_chunk() else { break };
            if !ring.put(Reading { spo2, pulse, motion }) {
                break;
            }
            self.rest = rest;
        }
        has_more
    }
}
