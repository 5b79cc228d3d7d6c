//! Names of uploaded files: cleaned before anything else sees them.

/// Longest name that is kept, in characters.
const LONGEST: usize = 160;

/// The last part of a path, without control characters and not too long; empty when nothing is left.
pub fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String = last.chars().filter(|c| !c.is_control() && !is_direction_mark(*c)).collect();
    let trimmed = visible.trim();
    let surplus = trimmed.chars().count().saturating_sub(LONGEST);
    trimmed.chars().skip(surplus).collect()
}

/// Characters that make a name read in another order than it is written.
const fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The device number in a name such as `Checkme O2 1001_20250129203510.csv`: the digits between the last space and
/// the time stamp.
pub fn device_number(name: &str) -> Option<&str> {
    let stamp =
        name.match_indices('_').find(|&(at, _)| is_time_stamp(name.get(at + 1..).unwrap_or_default()))?;
    let number = name.get(..stamp.0)?.rsplit(' ').next()?;
    let is_number = (3..=8).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && !is_birthday(number)).then_some(number)
}

/// Eight digits that read as a day of somebody's life, written from the year or from the day on.
fn is_birthday(number: &str) -> bool {
    let part =
        |range: std::ops::Range<usize>| number.get(range).and_then(|digits| digits.parse().ok()).unwrap_or(0);
    let is_day = |year: u32, month: u32, day: u32| {
        (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
    };
    number.len() == 8
        && (is_day(part(0..4), part(4..6), part(6..8)) || is_day(part(4..8), part(2..4), part(0..2)))
}

fn is_time_stamp(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 14
}

/// A `Content-Disposition` that saves under `name`: plain for old programs, RFC 8187 for the rest.
pub fn attachment(name: &str) -> String {
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

const fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | '(' | ')')
}

/// The name without its last extension: `Checkme O2 1001_20250129203510`.
pub fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 4 => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_visible_last_part_of_a_path_is_kept() {
        assert_eq!(clean("C:\\nopți\\a\u{202e}b\r\n.csv"), "ab.csv");
        assert_eq!(clean("../../etc/passwd"), "passwd");
        assert_eq!(clean(" / "), "");
        assert_eq!(clean(&"ș".repeat(500)).chars().count(), LONGEST);
    }

    #[test]
    fn the_device_number_stands_before_the_time_stamp() {
        assert_eq!(device_number("Checkme O2 1001_20250129203510.csv"), Some("1001"));
        assert_eq!(device_number("O2 1002_20241205215145.csv"), Some("1002"));
    }

    #[test]
    fn a_name_without_a_number_has_no_device() {
        for name in [
            "",
            "night.csv",
            "D1_vihealth_6col_20260102235930.csv",
            "O2 x_20241205215145.csv",
            "20250129203510",
            "Ion 19850312_20250129203510.csv",
            "Ion 12031985_20250129203510.csv",
        ] {
            assert_eq!(device_number(name), None, "{name}");
        }
    }

    #[test]
    fn a_download_name_cannot_leave_its_header() {
        let header = attachment("a\"; x=ș.csv");
        assert_eq!(header, "attachment; filename=\"a__ x__.csv\"; filename*=UTF-8''a%22%3B%20x%3D%C8%99.csv");
    }
}
