//! What a study may choose beside the printed definitions: depths, plausible ranges, parts of a night, more numbers.

use oxicore::artifact::{ArtifactFilter, FilterConfig, MedianLength};
use oxicore::desaturation::{Depth, mean120, viatom};
use oxicore::testing::{assert_live_equals_columns, csv_file, night};
use oxicore::{
    AnalysisOptions, Desaturation, NightAnalysis, Profile, PulseRate, Recording, Span, Spo2, Summary,
    Threshold,
    analysis::{Within, desaturations, desaturations_at, desaturations_within},
};
use proptest::prelude::*;

use crate::aasm_twin::restless_night;

fn file_of(readings: &[(u32, u8)]) -> Vec<u8> {
    csv_file(readings.iter().map(|&(at, pct)| (at, Some(pct), Some(50 + u16::from(pct % 7)), Some(0))))
}

fn within(file: &[u8], options: &AnalysisOptions, parts: &[(u32, u32)]) -> (Summary, Vec<Desaturation>) {
    let parts: Vec<_> = parts.iter().map(|&(a, b)| (Span::from_secs(a), Span::from_secs(b))).collect();
    let night = Recording::parse(file).unwrap();
    let found = night.analyze_within(options, Within::new(&parts).unwrap());
    assert_eq!(night.summary_within(options, Within::new(&parts).unwrap()), found.summary);
    (found.summary, found.desaturations3)
}

/// Without what is of the recorded time, which is that of the parts there.
fn comparable(summary: Summary) -> Summary {
    let mut summary = summary;
    summary.settings = oxicore::summary::Settings::default();
    (summary.quality.valid_pct, summary.quality.longest_gap_s) = (0.0, Span::ZERO);
    for odi in [&mut summary.aasm.odi3, &mut summary.aasm.odi4] {
        odi.per_h_of_recording = None;
    }
    summary
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// One part leaves out what trimming leaves out.
    #[test]
    fn one_part_gives_the_numbers_of_a_trimmed_night((_, readings) in restless_night(), cut in 0_u32..900, rest in 1_u32..900) {
        let file = file_of(&readings);
        let recording = Recording::parse(&file).unwrap();
        let length = recording.span().as_secs();
        let (begin, end) = (cut.min(length - 1), (cut.min(length - 1) + rest).min(length));
        let filter = FilterConfig::default().with_trim_start(Span::from_secs(begin)).with_trim_end(Span::from_secs(length - end));
        let NightAnalysis { summary: trimmed, desaturations3: events, .. } = recording.analyze(&AnalysisOptions::default().with_filter(filter));
        let (summary, found) = within(&file, &AnalysisOptions::default(), &[(begin, end)]);
        prop_assert_eq!(comparable(summary), comparable(trimmed));
        prop_assert_eq!(found, events);
    }

    /// Several parts give the numbers of a night whose other readings are missing, but no reading is called missing.
    #[test]
    fn parts_give_the_numbers_of_a_night_without_the_rest((_, readings) in restless_night(), width in 20_u32..400) {
        let file = file_of(&readings);
        let first = readings[0].0;
        let is_in = |at: u32| ((at - first) / width).is_multiple_of(2);
        let length = Recording::parse(&file).unwrap().span().as_secs();
        let parts: Vec<_> = (0..=length / (2 * width)).map(|n| (2 * n * width, (2 * n + 1) * width)).collect();
        let rest = csv_file(readings.iter().map(|&(at, pct)| {
            let kept = is_in(at).then_some(());
            (at, kept.map(|()| pct), kept.map(|()| 50 + u16::from(pct % 7)), Some(0))
        }));
        // The rule of slopes remembers readings that are left out, as trimming does.
        let filter = FilterConfig::default().with_slope(false);
        let options = AnalysisOptions::default().with_filter(filter);
        let (summary, found) = within(&file, &options, &parts);
        let NightAnalysis { summary: expected, desaturations3: events, .. } = Recording::parse(&rest).unwrap().analyze(&options);
        prop_assert_eq!(found, events);
        prop_assert_eq!((summary.spo2, summary.pulse, summary.aasm.odi3.per_h), (expected.spo2, expected.pulse, expected.aasm.odi3.per_h));
        prop_assert_eq!((summary.burden3, summary.hours, summary.halves), (expected.burden3, expected.hours, expected.halves));
        let quality = summary.quality;
        prop_assert_eq!((quality.missing_spo2, quality.trimmed), (0, expected.quality.missing_spo2));
        prop_assert!(quality.valid_pct <= 100.0);
    }

    #[test]
    fn at_three_and_four_percent_any_depth_is_the_printed_one(
        (_, readings) in restless_night(), median3 in any::<bool>(), length in 1_u8..=4, shortest in 1_u32..12,
    ) {
        let file = file_of(&readings);
        let night = Recording::parse(&file).unwrap();
        for listed in [Threshold::Three, Threshold::Four] {
            let mut options = AnalysisOptions::default().with_listed(listed);
            options.aasm.median3 = median3;
            options.aasm.median_readings = MedianLength::new(2 * length + 1).unwrap();
            options.aasm.min_duration = Span::from_secs(shortest);
            let mut room = vec![Desaturation::EMPTY; options.max_desaturations(&night)];
            let expected = desaturations(night, &options, &mut room).unwrap();
            let mut found = vec![];
            let (odi, spo2) = desaturations_at(night, listed.into(), &options, &mut |event| found.push(event));
            prop_assert_eq!((odi, spo2, &found[..]), (expected.odi, expected.spo2, expected.events));
            let rate = night.pobm(Depth::from(listed), &mut |_| ());
            let comparison = night.compare(&options).comparison;
            prop_assert_eq!(Some(&rate.index(listed)), comparison.index(Profile::Pobm, listed));
        }
    }

    /// The shortest duration chooses among the events and changes none, their pulse included.
    #[test]
    fn shorter_events_stand_beside_the_usual_ones((_, readings) in restless_night(), shortest in 1_u32..10) {
        let file = file_of(&readings);
        let night = Recording::parse(&file).unwrap();
        let mut options = AnalysisOptions::default();
        let usual = night.analyze(&options).desaturations3;
        options.aasm.min_duration = Span::from_secs(shortest);
        let NightAnalysis { summary, desaturations3: events, .. } = night.analyze(&options);
        prop_assert_eq!(events.len() as u32, summary.aasm.odi3.count + summary.aasm.odi3.sustained + summary.aasm.odi3.truncated);
        prop_assert!(events.len() <= options.max_desaturations(&night));
        assert_live_equals_columns(night, &options, |_| false);
        let long: Vec<_> = events.into_iter().filter(|event| event.duration() >= Span::from_secs(10)).collect();
        prop_assert_eq!(long, usual);
    }

    /// What is found in one pass of parts is what the whole analysis of the parts finds.
    #[test]
    fn one_definition_of_parts_is_that_of_their_analysis((_, readings) in restless_night(), width in 20_u32..400) {
        let file = file_of(&readings);
        let night = Recording::parse(&file).unwrap();
        let options = AnalysisOptions::default();
        let parts: Vec<_> = (0..=night.span().as_secs() / (2 * width))
            .map(|n| (Span::from_secs(2 * n * width), Span::from_secs((2 * n + 1) * width)))
            .collect();
        let within = Within::new(&parts).unwrap();
        let NightAnalysis { summary, desaturations3: mut expected, .. } = night.analyze_within(&options, within);
        expected.iter_mut().for_each(|event| event.pulse_rise = None);
        let mut found = vec![];
        let depth = Threshold::Three.into();
        let (odi, spo2) = desaturations_within(night, depth, &options, within, &mut |event| found.push(event));
        prop_assert_eq!((odi, spo2, found), (summary.aasm.odi3, summary.spo2, expected));
        let compared = night.compare_within(&options, within);
        let first = compared.iter().take(3).copied().collect::<Vec<_>>();
        prop_assert_eq!(first, [summary.odi(Threshold::Three), summary.odi(Threshold::Four), summary.odi_nested()]);
        prop_assert_eq!(compared.of(Profile::Pobm).chain(compared.of(Profile::Viatom)).count(), 0);
        prop_assert!(compared.iter().all(|index| index.seconds == summary.quality.valid_s));
        let whole = [(Span::ZERO, night.span())];
        let of_the_night = night.compare_within(&options, Within::new(&whole).unwrap());
        let comparison = night.compare(&options).comparison;
        for index in &of_the_night {
            prop_assert_eq!(comparison.index(index.profile, index.threshold), Some(index));
        }
    }

    /// The profiles that a comparison counts list as many events.
    #[test]
    fn events_of_every_profile_are_as_many_as_its_index_counts((_, readings) in restless_night()) {
        let file = file_of(&readings);
        let night = Recording::parse(&file).unwrap();
        let filter = FilterConfig::default();
        let comparison = night.compare(&AnalysisOptions::default()).comparison;
        for threshold in [Threshold::Three, Threshold::Four] {
            let index = |profile| comparison.index(profile, threshold).map(|index| (index.count, index.seconds, index.per_h));
            for (profile, config) in [(Profile::Mean120, mean120::Config::CHUNG), (Profile::Mean120Analyzer, mean120::Config::O2RING_ANALYZER)] {
                let mut listed = 0;
                let rate = night.mean120(threshold, config, &filter, None, &mut |_| listed += 1);
                prop_assert_eq!((Some((rate.count, rate.seconds, rate.per_h)), rate.count), (index(profile), listed));
            }
            let mut drops = vec![];
            let rate = night.viatom(threshold, &mut |drop| drops.push(drop));
            prop_assert_eq!((Some((rate.count, rate.seconds, rate.per_h)), rate.count), (index(Profile::Viatom), drops.len() as u32));
            prop_assert_eq!(drops, drops_by_walking(&readings, threshold.as_pct()));
        }
    }
}

/// The drops again, each from its first reading to the next one near the baseline.
fn drops_by_walking(readings: &[(u32, u8)], depth_pct: u8) -> Vec<viatom::Drop> {
    let mut counter = viatom::Counter::default();
    readings.iter().for_each(|&(_, pct)| counter.push(Spo2::from_device(pct.into()).unwrap()));
    let baseline = counter.finish().unwrap().baseline;
    let (mut drops, mut from) = (vec![], 0);
    let first = readings[0].0;
    while let Some(begin) = (from..readings.len()).find(|&at| readings[at].1 + depth_pct < baseline.as_pct())
    {
        let end = (begin..readings.len()).find(|&at| readings[at].1 + 2 >= baseline.as_pct());
        from = end.unwrap_or(readings.len());
        let nadir = readings[begin..from].iter().min_by_key(|reading| (reading.1, reading.0)).unwrap();
        let since = |at: u32| Span::from_secs(at - first);
        drops.push(viatom::Drop {
            begin: since(readings[begin].0),
            nadir_at: since(nadir.0),
            end: end.map(|end| since(readings[end].0)),
            baseline,
            nadir: Spo2::from_device(nadir.1.into()).unwrap(),
        });
    }
    drops
}

#[test]
fn time_that_is_left_out_is_no_gap_and_ends_an_event_as_one() {
    let file = night().flat(97, 600).flat(93, 60).flat(97, 600).file();
    let (summary, events) = within(&file, &AnalysisOptions::default(), &[(0, 620), (900, 1_260)]);
    assert_eq!((summary.quality.longest_gap_s, summary.quality.valid_pct), (Span::ZERO, 100.0));
    assert_eq!((summary.quality.trimmed, summary.quality.valid_s), (280, 980));
    assert_eq!((summary.aasm.odi3.count, summary.aasm.odi3.truncated), (0, 1));
    assert_eq!(events[0].end.as_secs(), 620);
    let pauses = night().flat(97, 100).gap(50).flat(97, 100).gap(30).flat(97, 100).file();
    let longest =
        |parts: &[(u32, u32)]| within(&pauses, &AnalysisOptions::default(), parts).0.quality.longest_gap_s;
    assert_eq!(longest(&[(0, 380)]).as_secs(), 50);
    assert_eq!(longest(&[(0, 90), (160, 380)]).as_secs(), 30, "the pause is in time that is left out");
    assert_eq!(longest(&[(0, 120), (140, 380)]).as_secs(), 30, "20 and 10 s of the pause count");
}

#[test]
fn rates_of_the_recording_are_those_of_the_parts() {
    let dip = |night: oxicore::testing::Night| night.flat(97, 120).flat(92, 30);
    let file = dip(dip(dip(night()))).flat(97, 1_800).file();
    let (summary, _) = within(&file, &AnalysisOptions::default(), &[(0, 900)]);
    assert_eq!(summary.aasm.odi3.count, 3);
    assert_eq!(summary.aasm.odi3.per_h_of_recording, Some(12.0));
}

#[test]
fn parts_out_of_order_are_refused() {
    let span = Span::from_secs;
    for parts in [&[][..], &[(5, 5)], &[(9, 5)], &[(5, 9), (1, 3)], &[(1, 5), (4, 8)]] {
        let parts: Vec<_> = parts.iter().map(|&(a, b)| (span(a), span(b))).collect();
        assert!(Within::new(&parts).is_none(), "{parts:?}");
    }
    assert!(Within::new(&[(span(0), span(5)), (span(5), span(9))]).is_some());
}

#[test]
fn there_are_depths_from_two_to_ten_percent_and_three_has_the_name_of_the_threshold() {
    let depths: Vec<_> = (0..=255).filter_map(Depth::new).collect();
    assert_eq!(depths.iter().map(|depth| depth.as_pct()).collect::<Vec<_>>(), (2..=10).collect::<Vec<_>>());
    assert_eq!(Depth::new(3).map(Depth::code), Some("three"));
    for threshold in [Threshold::Three, Threshold::Four] {
        let name = serde_json::to_value(threshold).unwrap();
        assert_eq!(name, Depth::from(threshold).code());
    }
}

#[test]
fn plausible_ranges_are_settings_that_name_themselves() {
    let file = csv_file((0..700).map(|at| {
        (at, Some(if at % 7 == 0 { 55 } else { 97 }), Some(if at % 5 == 0 { 28 } else { 60 }), None)
    }));
    let usual = AnalysisOptions::default();
    let filter =
        usual.filter.with_spo2_range_pct((60, 100)).with_pulse_range_bpm((30, 200)).with_slope(false);
    let summary = Recording::parse(&file).unwrap().analyze(&usual.with_filter(filter)).summary;
    assert_eq!((summary.quality.spo2_out_of_range, summary.spo2.unwrap().min_pct.as_pct()), (100, 97));
    assert_eq!(summary.pulse.unwrap().min_bpm.as_bpm(), 60);
    assert!(
        summary.odi(Threshold::Three).to_string().contains("filter F1 F2 (60 to 100 %) (30 to 200/min),")
    );
    let told = serde_json::to_value(summary.settings).unwrap();
    assert_eq!(told["filter"]["spo2_range_pct"], serde_json::json!([60, 100]));
    let again: oxicore::summary::Settings = serde_json::from_value(told).unwrap();
    assert_eq!(again, summary.settings);
    let told = serde_json::to_value(oxicore::summary::Settings::default()).unwrap();
    assert!(told["filter"].get("spo2_range_pct").is_none(), "the usual ranges are not told");
}

#[test]
fn percentiles_and_mode_of_the_pulse_are_those_of_all_sorted_readings() {
    let bpm = |at: u32| 50 + (at * at % 61) as u16;
    let file = csv_file((0..701).map(|at| (at, Some(96), Some(bpm(at)), None)));
    let found = Recording::parse(&file).unwrap().supplement(&AnalysisOptions::default(), None).pulse.unwrap();
    let mut sorted: Vec<_> = (0..701).map(bpm).collect();
    sorted.sort_unstable();
    let at = |percent: usize| f64::from(sorted[percent * 7]);
    let ours = [
        found.p1_bpm,
        found.p5_bpm,
        found.p10_bpm,
        found.p25_bpm,
        found.p50_bpm,
        found.p75_bpm,
        found.p90_bpm,
        found.p95_bpm,
        found.p99_bpm,
    ];
    assert_eq!(ours, [1, 5, 10, 25, 50, 75, 90, 95, 99].map(at));
    let count = |value: u16| sorted.iter().filter(|&&other| other == value).count();
    let mode = sorted.iter().copied().max_by_key(|&value| (count(value), value)).unwrap();
    assert_eq!(Some(found.mode_bpm), PulseRate::from_device(mode.into()));
}

#[test]
fn entropies_are_of_the_readings_that_count_in_the_parts() {
    let file = csv_file((0..400).map(|at| (at, Some(94 + (at * 7 % 11 % 4) as u8), Some(60), None)));
    let night = Recording::parse(&file).unwrap();
    let parts = [(Span::from_secs(50), Span::from_secs(150)), (Span::from_secs(200), Span::from_secs(300))];
    let options = AnalysisOptions::default();
    let found = night.supplement(&options, Within::new(&parts));
    let mut filter = ArtifactFilter::new(options.filter, Some(night.span()));
    let readings: Vec<Spo2> = night
        .samples()
        .filter(|sample| parts.iter().any(|&(begin, end)| begin <= sample.at && sample.at < end))
        .filter_map(|sample| filter.push(&sample).spo2)
        .collect();
    let mut scratch = vec![0; readings.len()];
    let series = || readings.iter().copied();
    let expected = oxicore::metrics::variability::approximate_entropy(series(), &mut scratch);
    assert_eq!((found.approximate_entropy, readings.len()), (expected, 200));
    assert_eq!(found.sample_entropy, oxicore::metrics::variability::sample_entropy(series(), &mut scratch));
}
