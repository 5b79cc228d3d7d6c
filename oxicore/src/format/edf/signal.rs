//! One signal: which it is by its label, where its values lie, and what they mean.

/// From stored values to whole units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    digital: (i32, i32),
    physical_us: (i64, i64),
}

/// Values of a signal in each data record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Signal {
    begin: usize,
    samples: usize,
    scale: Scale,
}

impl Scale {
    /// Both ranges, the physical one in millionths; `None` where stored values have no range.
    pub(super) fn new(digital: (i32, i32), physical_us: (i64, i64)) -> Option<Self> {
        (digital.0 < digital.1).then_some(Self { digital, physical_us })
    }

    /// A range up to one and a half: not percent, not beats.
    pub(super) const fn is_fraction(&self) -> bool {
        self.physical_us.0 > -1_500_000 && self.physical_us.1 <= 1_500_000
    }

    /// Rounded to the nearest whole unit; `None` below zero and outside the stored range. Limits of eight characters leave
    /// room in 64 bits for every range of stored values up to 80,000 wide.
    fn whole(&self, stored: i16) -> Option<u32> {
        let (stored, (from, to)) = (i32::from(stored), self.digital);
        if !(from..=to).contains(&stored) {
            return None;
        }
        let (low, high) = self.physical_us;
        let above = i64::from(stored).wrapping_sub(from.into());
        let range = i64::from(to).wrapping_sub(from.into());
        let micros = high.wrapping_sub(low).checked_mul(above)?.checked_div_euclid(range)?.wrapping_add(low);
        u32::try_from(micros.wrapping_add(500_000).div_euclid(1_000_000)).ok()
    }
}

impl Signal {
    pub(super) const NONE: Self =
        Self { begin: 0, samples: 0, scale: Scale { digital: (0, 1), physical_us: (0, 0) } };

    pub(super) const fn new(begin: usize, samples: usize, scale: Scale) -> Self {
        Self { begin, samples, scale }
    }

    /// Values in a data record.
    pub(super) const fn samples(&self) -> usize {
        self.samples
    }

    /// The value that holds so long after the begin of a data record. Records of EDF have up to 61,440 bytes; `None` where one
    /// has so many values and lasts so long that 64 bits do not hold the product.
    pub(super) fn value(&self, data: &[u8], offset_us: u64, duration_us: u64) -> Option<u32> {
        let passed = offset_us.checked_mul(u64::try_from(self.samples).ok()?)?;
        let index = usize::try_from(passed.checked_div(duration_us)?).ok()?;
        let at = index.checked_mul(2)?.checked_add(self.begin)?;
        self.scale.whole(i16::from_le_bytes(*data.get(at..)?.first_chunk()?))
    }
}

/// Letters and digits of a label in lower case, as far as they decide.
fn normal(label: &[u8]) -> ([u8; 16], usize) {
    let mut text = [0; 16];
    let plain = label.iter().filter(|b| b.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase);
    let length = text.iter_mut().zip(plain).map(|(slot, byte)| *slot = byte).count();
    (text, length)
}

fn is_any(label: &[u8], names: &[&[u8]]) -> bool {
    let (text, length) = normal(label);
    names.contains(&text.get(..length).unwrap_or_default())
}

/// `SpO2`, `SaO2`, `SpO2.1s`, `SpO2 BB`, `OSAT`, `O2 Sat`...; not its status, quality or beat-to-beat companions.
pub(super) fn is_spo2(label: &[u8]) -> bool {
    let (text, length) = normal(label);
    let text = text.get(..length).unwrap_or_default();
    let has = |part: &[u8]| text.windows(part.len()).any(|window| window == part);
    let is_companion = [&b"stat"[..], b"qual", b"pleth", b"beat"].into_iter().any(has);
    (has(b"spo2") || has(b"sao2") || has(b"osat") || has(b"o2sat")) && !is_companion
}

/// `Pulse`, `Pulse.1s`, `PR`, `HR`, `H.R.`, `Heart Rate`...: whole labels only, since `HR` is part of many.
pub(super) fn is_pulse(label: &[u8]) -> bool {
    const NAMES: [&[u8]; 13] = [
        b"pulse",
        b"pulse1s",
        b"pulserate",
        b"pulsrate",
        b"puls",
        b"pr",
        b"prbpm",
        b"hr",
        b"hrbpm",
        b"hrate",
        b"heartrate",
        b"hr1s",
        b"pulsebpm",
    ];
    is_any(label, &NAMES)
}

pub(super) fn is_motion(label: &[u8]) -> bool {
    is_any(label, &[b"motion", b"movement"])
}

/// 1 for SpO2, 2 for pulse, 3 for both: the signal that this library writes.
pub(super) fn is_reminder(label: &[u8]) -> bool {
    is_any(label, &[b"reminder"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_use_are_recognised() {
        for label in ["SpO2", "SaO2", "SpO2.1s", "SPO2", "SaO2 (%)", "OSAT", "O2 Sat", "SaO2 SpO2"] {
            assert!(is_spo2(label.as_bytes()), "{label}");
        }
        for label in ["SpO2 status", "SpO2-Quality", "OX stat", "Pleth", "Flow", "SpO2BeatToBeat"] {
            assert!(!is_spo2(label.as_bytes()), "{label}");
        }
        for label in ["Pulse", "Pulse.1s", "H.R.", "HR", "PR", "Heart Rate", "PulseRate", "Pulse Rate"] {
            assert!(is_pulse(label.as_bytes()), "{label}");
        }
        assert!(!is_pulse(b"DHR") && !is_pulse(b"Pulse Ampl") && is_motion(b"Motion"));
    }

    #[test]
    fn stored_values_are_rounded_to_the_nearest_whole_unit() {
        let scale = Scale::new((-32_768, 32_767), (-1_000_000, 200_000_000)).unwrap();
        assert_eq!(scale.whole(-32_768), None);
        assert_eq!(scale.whole(32_767), Some(200));
        assert_eq!(scale.whole(0), Some(100));
        let narrow = Scale::new((0, 100), (0, 100_000_000)).unwrap();
        assert_eq!((narrow.whole(97), narrow.whole(101), narrow.whole(-1)), (Some(97), None, None));
        assert_eq!(Scale::new((5, 5), (0, 100_000_000)), None);
    }
}
