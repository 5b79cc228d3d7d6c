//! oxicore against expected numbers, hostile bytes and slow twins of itself.
#![expect(clippy::print_stdout, reason = "a skipped test says so")]
#![expect(clippy::unwrap_used, reason = "a test that cannot read its own data must fail")]
#![expect(unreachable_pub, reason = "modules of one test binary share their helpers")]

mod aasm_twin;
mod bad_input;
mod below_range;
mod binaries;
mod calc_hb;
mod cases;
mod cell_counts;
mod chart;
mod choices;
mod clocks;
mod coarse;
mod codes;
mod columns;
mod csv_twin;
mod dialects;
mod edf_kinds;
mod exports;
mod fixtures;
mod foreign_tables;
mod golden;
mod joining;
mod kept;
mod learned_rows;
mod live;
mod many_nights;
mod mean120;
mod messages;
mod methods;
mod named_settings;
mod nights;
mod options;
mod other_tools;
mod owned;
mod plausibility;
mod pobm;
mod properties;
mod reconcile;
mod recorders;
mod regressions;
mod rows;
mod settings;
mod signals;
mod support;
mod vectors;
mod viatom_twin;
mod weekdays_and_zones;
