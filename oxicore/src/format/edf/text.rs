//! The text fields of a header: ASCII, padded with spaces.

/// A whole number in ASCII, perhaps with a sign or a fraction of zeros.
pub(super) fn whole(text: &[u8]) -> Option<i64> {
    let micros = micros(text)?;
    (micros.wrapping_rem(1_000_000) == 0).then(|| micros.wrapping_div(1_000_000))
}

/// A decimal number in ASCII, in millionths; further digits are cut.
pub(super) fn micros(text: &[u8]) -> Option<i64> {
    let text = text.trim_ascii();
    let (sign, digits) = match text {
        [b'-', rest @ ..] => (-1, rest),
        [b'+', rest @ ..] => (1, rest),
        _ => (1, text),
    };
    let point = digits.iter().position(|&b| b == b'.').unwrap_or(digits.len());
    let (whole, fraction) = digits.split_at(point);
    let fraction = fraction.get(1..).unwrap_or_default();
    if (whole.is_empty() && fraction.is_empty()) || whole.len() > 12 {
        return None;
    }
    let places = fraction.iter().copied().chain(core::iter::repeat(b'0')).take(6);
    let all_digits = whole.iter().chain(fraction).all(u8::is_ascii_digit);
    // Eighteen digits at most.
    let value = whole
        .iter()
        .copied()
        .chain(places)
        .fold(0_i64, |value, digit| value.wrapping_mul(10).wrapping_add(digit.wrapping_sub(b'0').into()));
    all_digits.then_some(value.wrapping_mul(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_numbers_are_read_in_millionths() {
        for (text, expected) in [
            ("1", 1_000_000),
            ("-3276.8 ", -3_276_800_000),
            ("+0.5", 500_000),
            ("100.05921", 100_059_210),
            (".25", 250_000),
            ("0.12345678", 123_456),
        ] {
            assert_eq!(micros(text.as_bytes()), Some(expected), "{text}");
        }
        for text in ["", "-", "1e3", "1,5", "x", "9999999999999"] {
            assert_eq!(micros(text.as_bytes()), None, "{text}");
        }
    }
}
