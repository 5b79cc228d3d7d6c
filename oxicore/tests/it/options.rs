//! The options of profile `aasm`: what is known of their effect, and that they name themselves.

use oxicore::artifact::FilterConfig;
use oxicore::below_range::BelowRange;
use oxicore::desaturation::aasm::{Config, Recovery};
use oxicore::reconcile::Definition;
use oxicore::settings::{Kind, Setting, Value};
use oxicore::testing::night;
use oxicore::{
    AnalysisOptions, Profile, Recording, Span, Summary, Threshold, index::Severity, units::Motion,
};

use crate::nights::nights;

fn summary(file: &[u8], aasm: Config) -> Summary {
    let options = AnalysisOptions::default().with_aasm(aasm);
    Recording::parse(file).unwrap().analyze(&options).summary
}

fn counts(file: &[u8], aasm: Config) -> (u32, u32) {
    let counts = summary(file, aasm).aasm;
    (counts.odi3.count, counts.odi4.count)
}

#[test]
fn the_median_of_three_removes_the_noise_that_makes_three_percent_falls_four_percent_ones() {
    let file = crate::signals::file("S16_osa12h_d3to6_noise_4s");
    assert_eq!(counts(&file, Config::default()), (72, 69));
    assert_eq!(counts(&file, Config::default().with_median3(true)), (72, 54));
}

#[test]
fn the_median_of_three_costs_a_real_night_a_fifth_of_its_events() {
    let Some((_, file)) = nights().into_iter().find(|(id, _)| id == "1001") else { return };
    let median = Config::default().with_median3(true);
    assert_eq!(counts(&file, median.with_below_range(BelowRange::Gap)).0, 211);
    assert_eq!(counts(&file, median).0, 218);
}

#[test]
fn each_kind_of_recovery_ends_an_event_at_its_own_level() {
    // 96 to 90, up to 93 (by the threshold), 94 (two thirds), 95 (near the peak).
    let steps = [(96, 60), (93, 1), (90, 30), (93, 20), (94, 20), (95, 20), (96, 60)];
    let file = steps.into_iter().fold(night(), |night, (level, seconds)| night.flat(level, seconds)).file();
    let end = |recovery| {
        let options = AnalysisOptions::default().with_aasm(Config::default().with_recovery(recovery));
        Recording::parse(&file).unwrap().analyze(&options).desaturations3[0].end.as_secs()
    };
    assert_eq!(end(Recovery::Taha), 91);
    assert_eq!(end(Recovery::Fraction), 111);
    assert_eq!(end(Recovery::Peak), 131);
}

#[test]
fn sustained_and_truncated_events_count_only_when_asked() {
    let file = night()
        .flat(96, 60)
        .flat(93, 1)
        .flat(90, 400)
        .flat(93, 1)
        .flat(96, 200)
        .flat(93, 1)
        .flat(90, 30)
        .file();
    let default = summary(&file, Config::default()).aasm.odi3;
    assert_eq!((default.count, default.sustained, default.truncated, default.included), (0, 1, 1, 0));
    let all = Config::default().with_include_sustained(true).with_include_truncated(true);
    assert_eq!(summary(&file, all).aasm.odi3.included, 2);
}

#[test]
fn every_excluded_reading_is_accounted_for_whatever_the_filter() {
    let night =
        night().flat(96, 300).unreadable(9).off_finger(7).flat(40, 3).flat(60, 2).flat(96, 300).file();
    let filter = FilterConfig::default()
        .with_require_pulse(true)
        .with_max_motion(Motion::from_device(0))
        .with_slope(true)
        .with_trim_start(Span::from_secs(60))
        .with_trim_end(Span::from_secs(30));
    for filter in [FilterConfig::default(), filter] {
        let options = AnalysisOptions::default().with_filter(filter);
        let summary = Recording::parse(&night).unwrap().analyze(&options).summary;
        let q = summary.quality;
        let excluded =
            q.missing_spo2 + q.spo2_out_of_range + q.spo2_coupled + q.spo2_motion + q.spo2_slope + q.trimmed;
        assert_eq!(q.analysed + excluded, summary.recording.records);
        assert_eq!((q.missing_spo2, q.missing_spo2_with_pulse, q.spo2_out_of_range), (16, 9, 3));
    }
}

#[test]
fn an_index_prints_its_definition_and_says_when_it_was_changed() {
    let file = night().flat(96, 3_600).file();
    let printed = |aasm| summary(&file, aasm).odi(Threshold::Three).to_string();
    assert_eq!(
        printed(Config::default()),
        "0.0/h (aasm, 3 %, 0 events in 3600 s of valid SpO2, filter F1 F2 F5, algorithm revision 2)"
    );
    let changed = Config::default().with_look_back(Span::from_secs(60)).with_median3(true);
    assert_eq!(
        printed(changed),
        "0.0/h (aasm, 3 %, 0 events in 3600 s of valid SpO2, filter F1 F2 F5, with look_back_s=60 median3=true, \
         algorithm revision 2)"
    );
    let filter = FilterConfig::default()
        .with_max_motion(Motion::from_device(5))
        .with_slope(false)
        .with_trim_start(Span::from_secs(900));
    let index = Recording::parse(&file).unwrap().analyze(&AnalysisOptions::default().with_filter(filter));
    let printed = index.summary.odi(Threshold::Three).to_string();
    assert!(printed.contains("filter F1 F2 F4 (motion up to 5) F6 (900 s and 0 s), algorithm"), "{printed}");
}

#[test]
fn a_definition_names_every_setting_that_is_changed_and_what_it_is() {
    let of =
        |options: &AnalysisOptions| Definition::new(Profile::Aasm, Threshold::Three, options).to_string();
    let (usual, mut named) = (of(&AnalysisOptions::default()), 0);
    let only_aasm = |s: &Setting| s.is_followed_by(Profile::Aasm) && !s.is_followed_by(Profile::Mean120);
    for setting in Setting::ALL.into_iter().filter(only_aasm) {
        let (value, printed) = match setting.kind() {
            Kind::Flag => (Value::Flag(true), "true"),
            Kind::Word if setting == Setting::Recovery => (Value::Word("peak"), "peak"),
            Kind::Word => (Value::Word("gap"), "gap"),
            _ => (Value::Whole(7), "7"),
        };
        let mut options = AnalysisOptions::default();
        options.set(setting, value).unwrap();
        let on = if setting == Setting::MedianReadings { "median3=true " } else { "" };
        assert_eq!(of(&options), format!("{usual}, with {on}{}={printed}", setting.code()));
        named += 1;
    }
    assert_eq!(named, 11);
}

#[test]
fn a_severity_word_belongs_to_the_definition_it_was_found_with_and_to_no_other() {
    let file = crate::signals::file("S23_360events_1s");
    let comparison = Recording::parse(&file).unwrap().compare(&AnalysisOptions::default()).comparison;
    let words: Vec<_> = comparison.iter().filter_map(|i| Some((i.profile.code(), i.severity()?))).collect();
    assert_eq!(words, [("mean120", Severity::Severe)]);
}

#[test]
fn hours_and_halves_hold_every_event_and_every_second() {
    let file = crate::signals::file("S13_osa60h_d8_4s");
    let summary = summary(&file, Config::default());
    let halves = summary.halves.unwrap();
    let parts = [summary.hours.as_slice(), &halves];
    for part in parts {
        assert_eq!(part.iter().map(|p| p.valid_s).sum::<u32>(), summary.quality.valid_s);
        assert_eq!(part.iter().map(|p| p.odi3_count).sum::<u32>(), summary.aasm.odi3.count);
        assert_eq!(part.iter().map(|p| p.odi4_count).sum::<u32>(), summary.aasm.odi4.count);
    }
    assert_eq!(
        summary.hours.as_slice().len() as u32,
        summary.recording.recording_s.as_secs().div_ceil(3_600)
    );
}

#[test]
fn the_whole_analysis_needs_a_known_amount_of_memory() {
    // Stated in docs/ALGORITHMS.md; a firmware plans with it.
    assert_eq!(oxicore::analysis::ANALYSIS_BYTES, 5_848);
}

#[test]
fn a_fall_that_is_near_enough_to_its_peak_to_end_does_so_at_its_next_reading() {
    let aasm = Config::default().with_near_pct(4);
    for rest in ["60,0", "--,--"] {
        let rows = [(0, 95), (4, 92), (8, 92), (12, 92)];
        let file: String = rows.map(|(at, v)| format!("22:00:{at:02} Jan 02 2026,{v},{rest}\n")).concat();
        assert_eq!(summary(file.as_bytes(), aasm).aasm.odi3.truncated, 0, "{rest}");
    }
}

#[test]
fn a_reading_is_counted_at_the_first_rule_that_takes_it_and_trimming_is_the_last() {
    let file = night().flat(40, 1).flat(95, 20).file();
    let filter = FilterConfig::default().with_trim_start(Span::from_secs(4));
    let options = AnalysisOptions::default().with_filter(filter);
    let quality = Recording::parse(&file).unwrap().analyze(&options).summary.quality;
    assert_eq!((quality.spo2_out_of_range, quality.trimmed), (1, 3));
}

#[test]
fn a_comparison_has_every_threshold_of_every_profile_in_the_order_of_the_profiles() {
    let file = night().flat(96, 300).file();
    let comparison = Recording::parse(&file).unwrap().compare(&AnalysisOptions::default()).comparison;
    let found = comparison.iter().map(|index| (index.profile, index.threshold, index.denominator));
    let of =
        |profile: Profile| profile.thresholds().iter().map(move |&t| (profile, t, profile.denominator()));
    assert_eq!(found.collect::<Vec<_>>(), Profile::ALL.into_iter().flat_map(of).collect::<Vec<_>>());
}

#[test]
fn no_definition_has_an_index_of_a_night_without_ten_minutes_of_spo2() {
    let file = night().flat(96, 300).unreadable(7_200).file();
    let night = Recording::parse(&file).unwrap();
    for index in &night.compare(&AnalysisOptions::default()).comparison {
        assert_eq!(index.per_h, None, "{index}");
    }
    let pobm = night.pobm(Threshold::Three, &mut |_| ());
    assert_eq!((pobm.per_h, pobm.seconds), (None, 7_500));
}
