//! What a signal holds by its label and unit. Words and their order: docs/FORMATS.md, "EDF".

/// How much a label is that of the reading itself; less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Its plain name.
    Plain,
    /// Its name with words that say nothing against it; for the pulse, one that another sensor may have given.
    Named,
    /// Of it, but not it: beat to beat, an average, a highest or lowest value; a rate from the heart's own signal.
    Companion,
}

/// A label as it is compared.
struct Label<'a> {
    text: &'a [u8],
    /// Letters and digits in lower case.
    joined: [u8; MOST],
    len: usize,
}

const MOST: usize = 16;

impl<'a> Label<'a> {
    fn new(text: &'a [u8]) -> Self {
        let mut joined = [0; MOST];
        let plain = text.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase);
        let len = joined.iter_mut().zip(plain).map(|(slot, byte)| *slot = byte).count();
        Self { text, joined, len }
    }

    fn joined(&self) -> &[u8] {
        self.joined.get(..self.len).unwrap_or_default()
    }

    fn is_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| name.as_bytes() == self.joined())
    }

    fn has_any(&self, parts: &[&str]) -> bool {
        let has = |part: &&str| self.joined().windows(part.len()).any(|window| window == part.as_bytes());
        parts.iter().any(has)
    }

    /// Whether one of its words, divided by anything but letters and digits, is one of these.
    fn has_word(&self, words: &[&str]) -> bool {
        let mut parts = self.text.split(|byte| !byte.is_ascii_alphanumeric());
        parts.any(|part| words.iter().any(|word| part.eq_ignore_ascii_case(word.as_bytes())))
    }
}

/// Oxygen saturation; `None` for what is something else, or counted in another unit.
pub(super) fn spo2(label: &[u8], unit: &[u8]) -> Option<Rank> {
    const PLAIN: [&str; 16] = [
        "spo2",
        "sao2",
        "sato2",
        "o2sat",
        "osat",
        "sat",
        "saturation",
        "spo21s",
        "spo2pct",
        "sao2pct",
        "spo2percent",
        "sp02",
        "sa02",
        "osaturation",
        "o2saturation",
        "oxysat",
    ];
    const NAMES: [&str; 10] =
        ["spo2", "sao2", "sato2", "o2sat", "osat", "satura", "ttigung", "sp02", "sa02", "oxysat"];
    const OTHERS: [&str; 28] = [
        "stat", "qual", "pleth", "wave", "alarm", "heart", "index", "odi", "thresh", "limit", "event",
        "desat", "perf", "co2", "artef", "artif", "setp", "batt", "temp", "volt", "delta", "dspo2", "despo2",
        "freq", "ppg", "ampl", "spo2hr", "spo2pr",
    ];
    const OTHER_WORDS: [&str; 18] = [
        "pr", "hr", "hf", "pi", "q", "sq", "bpm", "conf", "valid", "flag", "lead", "off", "rate", "lim",
        "amp", "ir", "red", "raw",
    ];
    const COMPANIONS: [&str; 4] = ["beat", "mean", "quantile", "median"];
    const COMPANION_WORDS: [&str; 11] = ["bb", "b", "avg", "min", "max", "med", "50", "95", "5", "10", "90"];
    let name = Label::new(label);
    let is_it = name.is_any(&["sat"]) || name.has_any(&NAMES);
    let is_pulse = name.has_any(&["puls"]) && !name.has_any(&["pulsox", "pulseox"]);
    if !is_it || is_pulse || name.has_any(&OTHERS) || name.has_word(&OTHER_WORDS) || is_other_unit(unit, true)
    {
        return None;
    }
    if name.is_any(&PLAIN) {
        return Some(Rank::Plain);
    }
    let is_companion = name.has_any(&COMPANIONS) || name.has_word(&COMPANION_WORDS);
    Some(if is_companion { Rank::Companion } else { Rank::Named })
}

/// The pulse of the oximeter; a heart rate may be of another sensor, one of the electrocardiogram is.
pub(super) fn pulse(label: &[u8], unit: &[u8]) -> Option<Rank> {
    const PLAIN: [&str; 31] = [
        "pulsfrequenz",
        "pulsefreq",
        "pulserate1s",
        "pulsenonin",
        "noninpulse",
        "pulsespo2",
        "pulzus",
        "tetno",
        "oxhr",
        "oxpr",
        "tep",
        "pulse",
        "pulse1s",
        "pulserate",
        "pulsrate",
        "puls",
        "pr",
        "prbpm",
        "pulsebpm",
        "pulsefrequency",
        "pulso",
        "pouls",
        "polso",
        "spo2pr",
        "spo2pulse",
        "spo2hr",
        "oxipulse",
        "oximeterpulse",
        "pulseoximeter",
        "pulseox",
        "heartfrequency",
    ];
    const HEART: [&str; 16] = [
        "heartrate1s",
        "hrnonin",
        "noninhr",
        "bpm",
        "fc",
        "hf",
        "dhr",
        "hartslag",
        "hr",
        "hrbpm",
        "hrate",
        "heartrate",
        "hr1s",
        "herzfrequenz",
        "heartratebpm",
        "heartbeat",
    ];
    const OF_ECG: [&str; 8] =
        ["ecghr", "ekghr", "ecgrate", "hrecg", "hrekg", "ecgheartrate", "heartrateecg", "ecgpulse"];
    let name = Label::new(label);
    // A pulse oximeter is also what measures saturation: only its unit tells.
    let is_oximeter = name.is_any(&["pulseox", "pulseoximeter"]);
    if is_oximeter && !unit.eq_ignore_ascii_case(b"bpm") {
        return None;
    }
    let rank = match () {
        () if name.is_any(&PLAIN) => Rank::Plain,
        () if name.is_any(&HEART) => Rank::Named,
        () if name.is_any(&OF_ECG) => Rank::Companion,
        () => return None,
    };
    (!is_other_unit(unit, false)).then_some(rank)
}

pub(super) fn motion(label: &[u8]) -> Option<Rank> {
    Label::new(label).is_any(&["motion", "movement"]).then_some(Rank::Plain)
}

/// The alarms of a ring, as this crate writes them.
pub(super) fn reminder(label: &[u8]) -> Option<Rank> {
    Label::new(label).is_any(&["reminder"]).then_some(Rank::Plain)
}

/// A unit that is known and not that of the reading.
fn is_other_unit(unit: &[u8], is_percent: bool) -> bool {
    const PERCENT: [&str; 3] = ["%", "pct", "percent"];
    const OTHERS: [&str; 14] =
        ["bpm", "1/min", "/min", "min", "hz", "v", "mv", "uv", "l/s", "l/min", "cmh2o", "mmhg", "ms", "s"];
    const A_MINUTE: usize = 3;
    let is = |word: &&str| unit.eq_ignore_ascii_case(word.as_bytes());
    if is_percent {
        OTHERS.iter().any(is)
    } else {
        PERCENT.iter().any(is) || OTHERS.iter().skip(A_MINUTE).any(is)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_names_of_saturation_come_first_and_companions_last() {
        for label in ["SpO2", "SaO2", "Saturation", "SAT", "SatO2", "O2 Sat", "OSAT", "SpO2.1s", "Sp O2"] {
            assert_eq!(spo2(label.as_bytes(), b"%"), Some(Rank::Plain), "{label}");
        }
        for label in [
            "SpO2 Nonin",
            "SpO2 Pulsox",
            "SaO2 SpO2",
            "Saturacion",
            "Saturatie O2",
            "O2-Saettigung",
            "Finger SpO2",
            "SpO2-1",
        ] {
            assert_eq!(spo2(label.as_bytes(), b"%"), Some(Rank::Named), "{label}");
        }
        for label in ["SpO2 B-B", "SpO2 BB", "SpO2 BeatToBeat", "SpO2.50", "SpO2.Max", "SpO2 avg"] {
            assert_eq!(spo2(label.as_bytes(), b"%"), Some(Rank::Companion), "{label}");
        }
    }

    #[test]
    fn what_is_something_else_is_never_saturation() {
        for label in [
            "SpO2 PR",
            "SpO2 Quality",
            "SpO2 status",
            "SpO2Thresh",
            "SpO2 Pleth",
            "Desaturation",
            "EtCO2Sat",
            "Pulse",
            "SpO2 Alarm",
            "Saturday",
            "ODI SpO2",
            "SpO2 PI",
            "SpO2 Puls",
            "Flow",
            "OX stat",
        ] {
            assert_eq!(spo2(label.as_bytes(), b"%"), None, "{label}");
        }
        assert_eq!(spo2(b"SpO2", b"bpm"), None);
        assert_eq!(spo2(b"SpO2", b""), Some(Rank::Plain));
    }

    #[test]
    fn the_pulse_of_the_oximeter_comes_before_a_rate_of_the_heart() {
        assert_eq!(pulse(b"Pulse", b"bpm"), Some(Rank::Plain));
        assert_eq!(pulse(b"HeartFrequency", b"1/min"), Some(Rank::Plain));
        assert_eq!(pulse(b"H.R.", b"bpm"), Some(Rank::Named));
        assert_eq!(pulse(b"ECG HR", b"bpm"), Some(Rank::Companion));
        for label in ["Pulse Ampl", "PR alarm", "Pulse Wave", "THR", "ECG"] {
            assert_eq!(pulse(label.as_bytes(), b""), None, "{label}");
        }
        assert_eq!(pulse(b"SpO2 PR", b"%"), None);
    }
}
