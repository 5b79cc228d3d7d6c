//! Reconciliation: every event is matched or lost by a rule, and the rule is the one.

use oxicore::below_range::BelowRange;
use oxicore::desaturation::{Depth, aasm::Config, pobm};
use oxicore::reconcile::{Definition, Event, Reconciliation, Rule, Side};
use oxicore::testing::{Row, csv_file};
use oxicore::{AnalysisOptions, Profile, Recording, Span, Threshold, artifact::FilterConfig};
use proptest::prelude::*;

use crate::support::with_gaps;

fn secs(seconds: u32) -> Span {
    Span::from_secs(seconds)
}

fn aasm(depth: Threshold, config: Config) -> Definition {
    Definition::new(Profile::Aasm, depth, &AnalysisOptions::default().with_aasm(config))
}

/// Every index that is printed, and `aasm` with other settings.
fn definitions() -> Vec<Definition> {
    let options = AnalysisOptions::default();
    let printed = Profile::ALL.into_iter().flat_map(|profile| {
        profile.thresholds().iter().map(move |&threshold| Definition::new(profile, threshold, &options))
    });
    let config = Config::default();
    let filter = FilterConfig::default().with_slope(false).with_spo2_range_pct((70, 100));
    let others = [
        Definition::new(Profile::Aasm, Threshold::Three, &with_gaps()),
        Definition::new(Profile::Aasm, Depth::new(2).unwrap(), &options),
        aasm(Threshold::Three, config.with_below_range(BelowRange::Bridge).with_median3(true)),
        aasm(Threshold::Three, config.with_min_duration(secs(20)).with_max_duration(secs(60))),
        aasm(Threshold::Four, config.with_look_back(secs(30)).with_max_gap(secs(0))),
        aasm(Threshold::Three, config.with_include_sustained(true).with_include_truncated(true)),
        Definition::new(Profile::Aasm, Threshold::Three, &options.with_filter(filter)),
    ];
    printed.chain(others).collect()
}

/// Onset and end of the events that enter the index, by the methods that give those of each profile.
fn counted(night: Recording<'_>, definition: &Definition) -> Vec<(u32, u32)> {
    let options = AnalysisOptions::default()
        .with_filter(definition.filter.unwrap_or_default())
        .with_aasm(definition.aasm.unwrap_or_default());
    let (depth, interval) = (definition.depth, night.interval());
    let mut found: Vec<(Span, Span)> = vec![];
    match definition.profile {
        Profile::Aasm | Profile::AasmNested => {
            let is_nested = definition.profile == Profile::AasmNested;
            let detected = if is_nested { Depth::from(Threshold::Three) } else { depth };
            let events = night.desaturations(detected, &options).events.into_iter();
            let is_event =
                |event: &oxicore::Desaturation| event.counted && event.depth_pct() >= depth.as_pct();
            found.extend(events.filter(is_event).map(|event| (event.onset, event.end)));
        }
        Profile::Viatom => {
            night.viatom(depth, &mut |drop| found.push((drop.begin, drop.end.unwrap_or(night.span()))));
        }
        Profile::Pobm => {
            night.pobm(depth, &mut |one| {
                if let pobm::Found::Group(group) = one {
                    found.push((group.begin, group.end));
                }
            });
        }
        _ => {
            let config = if definition.profile == Profile::Mean120 {
                oxicore::desaturation::mean120::Config::CHUNG
            } else {
                oxicore::desaturation::mean120::Config::O2RING_ANALYZER
            };
            night.mean120(depth, config, &options.filter, None, &mut |event| {
                found.push((event.onset, event.last.plus(interval)));
            });
        }
    }
    found.into_iter().map(|(onset, end)| (onset.as_secs(), end.as_secs())).collect()
}

/// Whether two spans of time have a second in common.
fn meet(one: (u32, u32), other: (u32, u32)) -> bool {
    one.0.max(other.0) < one.1.min(other.1)
}

fn span(event: &Event) -> (u32, u32) {
    (event.onset.as_secs(), event.end.as_secs())
}

/// Every event of both definitions is matched once or lost once, and joined exactly where it meets one of the other's.
fn assert_complete(night: Recording<'_>, a: Definition, b: Definition, expected: [&[(u32, u32)]; 2]) {
    let found = night.reconcile(a, b);
    let (of_a, of_b): (Vec<_>, Vec<_>) =
        found.matched.iter().map(|(one, other)| (span(one), span(other))).unzip();
    assert!(of_a.iter().zip(&of_b).all(|(&one, &other)| meet(one, other)), "{a} / {b}");
    for (side, matched, expected, others) in
        [(Side::A, of_a, expected[0], expected[1]), (Side::B, of_b, expected[1], expected[0])]
    {
        let lost = found.only(side);
        let mut all: Vec<_> = matched.into_iter().chain(lost.iter().map(|lost| span(&lost.event))).collect();
        all.sort_unstable();
        assert_eq!(all, expected, "{side} of {a} / {b}");
        for lost in lost {
            let is_joined = others.iter().any(|&other| meet(span(&lost.event), other));
            assert_eq!(is_joined, lost.rule == Rule::JoinedWithAnother, "{lost:?} of {a} / {b}");
            assert!(lost.event.nadir <= lost.event.baseline, "{lost:?} of {a}");
            let (onset, end) = span(&lost.event);
            assert!((onset..end).contains(&lost.event.nadir_at.as_secs()), "{lost:?} of {a}");
        }
        let counts: usize = Rule::ALL.into_iter().map(|rule| found.lost_by(side, rule)).sum();
        assert_eq!(counts, lost.len());
    }
}

/// For every pair of definitions, one with itself too.
fn assert_all_complete(file: &[u8]) {
    let night = Recording::parse(file).unwrap();
    let all: Vec<_> = definitions().into_iter().map(|one| (counted(night, &one), one)).collect();
    for (of_a, a) in &all {
        for (of_b, b) in &all {
            assert_complete(night, *a, *b, [of_a, of_b]);
        }
        let itself = night.reconcile(*a, *a);
        assert!(itself.matched.iter().all(|(one, other)| one == other), "{a}");
        assert_eq!((itself.only_a.len(), itself.only_b.len()), (0, 0), "{a}");
    }
}

#[test]
fn every_event_of_the_real_nights_is_matched_or_lost_for_every_pair_of_definitions() {
    crate::nights::nights().iter().for_each(|(_, file)| assert_all_complete(file));
}

#[test]
fn so_it_is_of_every_vector_and_signal() {
    crate::vectors::vectors().iter().for_each(|vector| assert_all_complete(&crate::vectors::file(vector)));
    let short = crate::signals::ids().into_iter().filter(|(id, _)| crate::signals::rows(id).len() < 2_000);
    short.for_each(|(id, _)| assert_all_complete(&crate::signals::file(&id)));
}

#[test]
fn so_it_is_of_the_fixtures() {
    let files =
        std::fs::read_dir(crate::support::path("fixtures")).unwrap().map(|entry| entry.unwrap().path());
    let read = files.filter(|path| path.is_file()).map(|path| std::fs::read(path).unwrap());
    let nights: Vec<_> = read.filter(|file| Recording::parse(file).is_ok()).collect();
    assert!(nights.len() > 20);
    nights.iter().for_each(|file| assert_all_complete(file));
}

/// How many events of each side are lost by which rule.
fn by_rule(found: &Reconciliation, side: Side) -> Vec<(&'static str, usize)> {
    let counts = Rule::ALL.into_iter().map(|rule| (rule.code(), found.lost_by(side, rule)));
    counts.filter(|(_, count)| *count > 0).collect()
}

#[test]
fn the_264_events_of_night_1001_and_the_makers_143_drops_are_explained_one_by_one() {
    let Some((_, file)) = crate::nights::nights().into_iter().find(|(id, _)| id == "1001") else { return };
    let night = Recording::parse(&file).unwrap();
    let ours = Definition::new(Profile::Aasm, Threshold::Three, &with_gaps());
    let makers = Definition::new(Profile::Viatom, Threshold::Three, &AnalysisOptions::default());
    let found = night.reconcile(ours, makers);
    let lost = [found.only_a.len(), found.only_b.len()];
    assert_eq!((found.matched.len() + lost[0], found.matched.len() + lost[1]), (264, 143));
    assert_eq!(found.matched.len(), 116);
    assert_eq!(by_rule(&found, Side::A), [("depth", 132), ("joined-with-another", 16)]);
    let ours_lost = [("onset-window", 16), ("no-resaturation", 6), ("below-range", 5)];
    assert_eq!(by_rule(&found, Side::B), ours_lost);
    // Straight from the maker's rule: each of the 132 stays within 3 % of the baseline of the night.
    let by_depth = found.only_a.iter().filter(|lost| lost.rule == Rule::Depth);
    assert!(
        by_depth.clone().all(|lost| lost.event.nadir.as_pct() >= found.matched[0].1.baseline.as_pct() - 3)
    );
}

#[test]
fn revision_2_of_night_1001_has_the_seven_events_that_lay_below_the_range() {
    let Some((_, file)) = crate::nights::nights().into_iter().find(|(id, _)| id == "1001") else { return };
    let night = Recording::parse(&file).unwrap();
    for threshold in Threshold::ALL {
        let [gap, now] = [with_gaps(), AnalysisOptions::default()]
            .map(|options| Definition::new(Profile::Aasm, threshold, &options));
        let found = night.reconcile(gap, now);
        assert_eq!((by_rule(&found, Side::A), by_rule(&found, Side::B)), (vec![], vec![("below-range", 7)]));
    }
}

/// Signal, the definition that has events, the one that lacks them, and by which rule how many.
type Designed = (&'static str, (Profile, u8), (Profile, u8), &'static [(&'static str, usize)]);

#[test]
fn each_rule_loses_the_events_that_were_designed_for_it() {
    use Profile::{Aasm, AasmNested, Mean120, Mean120Analyzer, Pobm, Viatom};
    let designed: [Designed; 17] = [
        ("S02_drop3_1s", (Aasm, 3), (Aasm, 4), &[("depth", 1)]),
        ("S02_drop3_1s", (Aasm, 3), (AasmNested, 4), &[("depth", 1)]),
        ("S02_drop3_1s", (Aasm, 3), (Pobm, 3), &[("depth", 1)]),
        ("S02_drop3_1s", (Aasm, 3), (Viatom, 3), &[("depth", 1)]),
        ("S04_rect3_1s", (Aasm, 3), (Pobm, 2), &[("onset-window", 1)]),
        ("S05_rect5_1s", (Aasm, 4), (Pobm, 4), &[("onset-window", 1)]),
        ("S06_plateau30min_4s", (Viatom, 3), (Aasm, 3), &[("no-resaturation", 1)]),
        ("S06_plateau30min_4s", (Mean120, 3), (Mean120Analyzer, 3), &[("longer-than", 1)]),
        ("S07_doubledip2_1s", (Aasm, 2), (Aasm, 3), &[]),
        ("S08_doubledip4_1s", (Aasm, 3), (Mean120, 3), &[("shorter-than", 1)]),
        ("S10_gap60s_in_event_1s", (Viatom, 3), (Aasm, 3), &[("gap", 1)]),
        ("S12_low_end_1s", (Viatom, 3), (Aasm, 3), &[("no-resaturation", 1)]),
        ("S13_osa60h_d8_4s", (Aasm, 4), (Mean120, 4), &[("shorter-than", 117)]),
        ("S17_drift_1s", (Viatom, 3), (Aasm, 3), &[("onset-window", 1)]),
        ("S21_spikes_1s", (Viatom, 3), (Aasm, 3), &[("filter", 10)]),
        ("S24_long150s_1s", (Aasm, 3), (Pobm, 3), &[("longer-than", 1)]),
        ("S25_short6s_1s", (Pobm, 3), (Aasm, 3), &[("shorter-than", 40)]),
    ];
    let wrong = designed.into_iter().filter_map(|(id, a, b, expected)| {
        let file = crate::signals::file(id);
        let of = |(profile, depth)| Definition::new(profile, Depth::new(depth).unwrap(), &with_gaps());
        let found = by_rule(&Recording::parse(&file).unwrap().reconcile(of(a), of(b)), Side::A);
        (found != expected).then(|| format!("{id} {} {}: {found:?}", of(a), of(b)))
    });
    assert_eq!(wrong.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn two_events_that_the_other_definition_sees_as_one_are_one_match_and_one_joined() {
    let levels = [(97, 60), (90, 20), (94, 30), (90, 40), (97, 60)];
    let levels = levels.into_iter().flat_map(|(level, seconds)| std::iter::repeat_n(Some(level), seconds));
    let file = csv_file((0..).zip(levels).map(|(at, spo2)| -> Row { (at, spo2, Some(60), Some(0)) }));
    let options = AnalysisOptions::default().with_filter(FilterConfig::default().with_slope(false));
    let [ours, makers] =
        [Profile::Aasm, Profile::Viatom].map(|profile| Definition::new(profile, Threshold::Three, &options));
    let found = Recording::parse(&file).unwrap().reconcile(ours, makers);
    assert_eq!(
        found.matched.iter().map(|(one, other)| (span(one), span(other))).collect::<Vec<_>>(),
        [((109, 150), (60, 150))]
    );
    assert_eq!(
        found.only_a.iter().map(|lost| (span(&lost.event), lost.rule)).collect::<Vec<_>>(),
        [((59, 80), Rule::JoinedWithAnother)]
    );
    assert_eq!(found.only_b, []);
}

/// The same definition with other settings.
fn with_options(definition: &Definition, options: &AnalysisOptions) -> Definition {
    Definition::new(definition.profile, definition.depth, options)
}

/// A definition of profile `aasm` without the one limit that lost an event of another; `None` where no setting lifts it.
fn without(rule: Rule, definition: &Definition, having: &Definition) -> Option<Definition> {
    let (filter, config) = (definition.filter.unwrap(), definition.aasm.unwrap());
    let options = AnalysisOptions::default().with_filter(filter).with_aasm(config);
    let configured = |config: Config| Some(with_options(definition, &options.with_aasm(config)));
    match rule {
        Rule::Depth => Some(Definition::new(definition.profile, Depth::new(2).unwrap(), &options)),
        Rule::OnsetWindow => configured(config.with_look_back(secs(100_000))),
        Rule::ShorterThan => configured(config.with_min_duration(secs(1))),
        Rule::NoResaturation => configured(config.with_include_sustained(true).with_include_truncated(true)),
        Rule::Gap => configured(config.with_max_gap(secs(100_000))),
        Rule::BelowRange => configured(config.with_below_range(BelowRange::Bridge)),
        Rule::Filter => {
            let (theirs, filter) = (having.aasm.unwrap(), having.filter.unwrap());
            let config = config.with_median3(theirs.median3).with_median_readings(theirs.median_readings);
            Some(with_options(definition, &options.with_filter(filter).with_aasm(config)))
        }
        _ => None,
    }
}

/// The rule that loses an event, if any does.
fn rule_of(event: &Event, found: &Reconciliation) -> Option<Rule> {
    let lost = found.only_a.iter().find(|lost| lost.event == *event);
    lost.map(|lost| lost.rule)
}

/// Lifts of every lost event the limit that lost it. Gives the rules with whether the event is there now.
fn lifted(night: Recording<'_>) -> Vec<(Rule, bool)> {
    let aasm: Vec<_> = definitions().into_iter().filter(|one| one.profile == Profile::Aasm).collect();
    let mut all = vec![];
    for (a, b) in aasm.iter().flat_map(|a| aasm.iter().map(move |b| (a, b))) {
        let found = night.reconcile(*a, *b);
        for rule in Rule::ALL.into_iter().filter(|&rule| found.lost_by(Side::A, rule) > 0) {
            let Some(other) = without(rule, b, a) else { continue };
            let again = night.reconcile(*a, other);
            for lost in found.only_a.iter().filter(|lost| lost.rule == rule) {
                let now = rule_of(&lost.event, &again);
                // The window begins anew with every event too, and no setting changes that.
                assert!(now != Some(rule) || rule == Rule::OnsetWindow, "{lost:?} of {a} / {b}");
                let is_there = matches!(now, None | Some(Rule::JoinedWithAnother));
                assert!(is_there || rule != Rule::ShorterThan, "{lost:?} of {a} / {b}: {now:?}");
                all.push((rule, is_there));
            }
        }
    }
    all
}

#[test]
fn an_event_is_found_without_the_limit_that_lost_it() {
    let nights = crate::nights::nights();
    let lifted: Vec<_> =
        nights.iter().flat_map(|(_, file)| lifted(Recording::parse(file).unwrap())).collect();
    for rule in Rule::ALL {
        let is_there = lifted.iter().filter(|one| one.0 == rule).map(|one| one.1);
        let (all, there) = (is_there.clone().count(), is_there.filter(|&is_there| is_there).count());
        // After the limit is lifted the others still apply, and with some of them the events before end elsewhere.
        let least = match rule {
            Rule::ShorterThan | Rule::NoResaturation | Rule::BelowRange => all,
            Rule::Depth | Rule::Gap | Rule::Filter => all * 4 / 5,
            _ => 0,
        };
        assert!(there >= least, "{rule}: {there} of {all}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn so_it_is_of_random_nights((_, readings) in crate::aasm_twin::restless_night()) {
        let rows = readings.iter().map(|&(at, pct)| -> Row { (at, Some(pct), Some(60), Some(0)) });
        let file = csv_file(rows);
        assert_all_complete(&file);
        lifted(Recording::parse(&file).unwrap());
    }

    #[test]
    fn so_it_is_of_deep_nights((_, rows) in crate::below_range::deep_night()) {
        let file = csv_file(rows);
        assert_all_complete(&file);
        lifted(Recording::parse(&file).unwrap());
    }
}

const GOLDEN: &str = "golden/reconciliation.json";

/// `aasm` at 3 % beside other definitions, of two of the fixtures: every binding is compared with it.
#[test]
fn the_fixtures_give_their_golden_reconciliations() {
    let ours = aasm(Threshold::Three, Config::default());
    let others = [
        aasm(Threshold::Four, Config::default().with_below_range(BelowRange::Gap)),
        aasm(Threshold::Three, Config::default().with_min_duration(secs(25)).with_max_duration(secs(30))),
        Definition::new(Profile::Viatom, Threshold::Three, &AnalysisOptions::default()),
        Definition::new(Profile::Pobm, Threshold::Three, &AnalysisOptions::default()),
        Definition::new(Profile::Mean120, Depth::new(5).unwrap(), &AnalysisOptions::default()),
    ];
    let of = |name: &str| {
        let file = crate::fixtures::fixture(name);
        let night = Recording::parse(&file).unwrap();
        (name.to_owned(), serde_json::json!(others.map(|other| night.reconcile(ours, other))))
    };
    let names = ["D1_vihealth_6col_20260102235930.csv", "therapy_20260102235930_SAD.edf"];
    let all: serde_json::Map<_, _> = names.into_iter().map(of).collect();
    if std::env::var_os("OXI_BLESS").is_some() {
        let text = serde_json::to_string_pretty(&all).unwrap() + "\n";
        std::fs::write(crate::support::path(GOLDEN), text).unwrap();
    }
    assert_eq!(serde_json::Value::Object(all.clone()), crate::support::json(GOLDEN));
    let back: Vec<Reconciliation> = serde_json::from_value(all[names[0]].clone()).unwrap();
    assert_eq!(serde_json::json!(back), all[names[0]], "what is written is read back");
}
