//! The methods of a recording give what the functions give that take lent memory.

use oxicore::chart::{Channel, Window, reduce_into};
use oxicore::desaturation::Depth;
use oxicore::{
    AnalysisOptions, Desaturation, Recording, Span, Threshold,
    analysis::{Within, analyze, desaturations_at, max_desaturations},
};

use crate::fixtures::fixture;

/// Falls of 3, 4 and more percent, in an hour.
fn night() -> Vec<u8> {
    let level = |i: u32| if i % 45 < 10 { 95 - 2 - (i / 45) as u8 % 6 } else { 95 };
    let row = |i: u32| {
        format!(
            "{:02}:{:02}:{:02} Jan 02 2026,{},{},0\n",
            i / 900,
            i / 15 % 60,
            i % 15 * 4,
            level(i),
            55 + i % 9
        )
    };
    (0..1_500).map(row).collect::<String>().into_bytes()
}

fn files() -> Vec<Vec<u8>> {
    vec![
        night(),
        fixture("oxyii_4s_20260102235930.dat"),
        fixture("D6_spo2_bare_20260102235930_OXIRecord.csv"),
    ]
}

#[test]
fn one_pass_gives_the_events_of_both_thresholds() {
    for file in files() {
        let night = Recording::parse(&file).unwrap();
        let analysis = night.analyze(&AnalysisOptions::default());
        for listed in Threshold::ALL {
            let mut room = vec![Desaturation::EMPTY; max_desaturations(&night)];
            let options = AnalysisOptions::default().with_listed(listed);
            let alone = analyze(night, &options, &mut room).unwrap();
            assert_eq!(
                (analysis.summary, analysis.desaturations(listed)),
                (alone.summary, alone.desaturations)
            );
        }
    }
    let file = night();
    let analysis = Recording::parse(&file).unwrap().analyze(&AnalysisOptions::default());
    assert!(
        analysis.desaturations3.len() > analysis.desaturations4.len() && !analysis.desaturations4.is_empty()
    );
}

#[test]
fn parts_of_a_night_have_events_of_both_thresholds() {
    let file = night();
    let night = Recording::parse(&file).unwrap();
    let parts =
        [(Span::from_secs(300), Span::from_secs(1_500)), (Span::from_secs(2_000), Span::from_secs(5_000))];
    let within = Within::new(&parts).unwrap();
    let analysis = night.analyze_within(&AnalysisOptions::default(), within);
    assert_eq!(analysis.summary, night.summary_within(&AnalysisOptions::default(), within));
    for listed in Threshold::ALL {
        let counts = match listed {
            Threshold::Three => analysis.summary.aasm.odi3,
            Threshold::Four => analysis.summary.aasm.odi4,
        };
        let total = counts.count + counts.sustained + counts.truncated;
        assert_eq!(analysis.desaturations(listed).len(), total as usize);
    }
}

#[test]
fn desaturations_of_any_depth_are_those_found_one_by_one() {
    for file in files() {
        let night = Recording::parse(&file).unwrap();
        for depth in (2..=10).filter_map(Depth::new) {
            let mut events = Vec::new();
            let options = AnalysisOptions::default();
            let (odi, spo2) = desaturations_at(night, depth, &options, &mut |event| events.push(event));
            let found = night.desaturations(depth, &options);
            assert_eq!((found.odi, found.spo2, found.events), (odi, spo2, events), "{depth:?}");
        }
    }
}

#[test]
fn a_comparison_gives_back_its_summary() {
    for file in files() {
        let night = Recording::parse(&file).unwrap();
        let options = AnalysisOptions::default();
        let compared = night.compare(&options);
        assert_eq!(compared.summary, night.analyze(&options).summary);
        assert_eq!(compared.summary, night.summary(&options));
        assert_eq!(compared.comparison, night.comparison(&compared.summary));
    }
}

#[test]
fn a_night_is_reduced_for_a_picture() {
    let file = night();
    let night = Recording::parse(&file).unwrap();
    assert_eq!(night.window(), Window::whole(&night));
    let reduced = night.reduce(Channel::Pulse, night.window(), 64);
    let mut lent = [None; 64];
    reduce_into(night, Channel::Pulse, night.window(), &mut lent);
    assert_eq!(reduced, lent);
}
