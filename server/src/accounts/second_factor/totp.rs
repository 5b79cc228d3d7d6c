//! One-time codes by time (RFC 6238): six digits, another every half minute, made from a seed that the owner's phone and
//! the platform share.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use subtle::ConstantTimeEq as _;

use crate::platform::clock::Timestamp;

/// Bytes of a seed: as many as of the hash, which is what RFC 4226 advises.
pub(super) const SEED_BYTES: usize = 20;
/// Milliseconds of a step.
const STEP: i64 = 30_000;
/// Clocks may differ by this many steps.
const SKEW: i64 = 1;

/// Which step a code belongs to, of those that may be now. The caller lets each step count once.
pub(super) fn step_of(seed: &[u8], code: &str, now: Timestamp) -> Option<i64> {
    let present = now.as_millis().div_euclid(STEP);
    let fits = |step: &i64| bool::from(self::code(seed, *step).as_bytes().ct_eq(code.as_bytes()));
    (present - SKEW..=present + SKEW).rfind(fits)
}

/// The code of a step.
fn code(seed: &[u8], step: i64) -> String {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    let mut mac = Hmac::<Sha1>::new_from_slice(seed).expect("any key fits");
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let place = usize::from(hash[hash.len() - 1] & 0xf);
    let word = hash[place..place + 4].iter().fold(0, |word: u32, byte| word << 8 | u32::from(*byte));
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A seed as apps take it, in groups of four letters.
pub(super) fn seed_text(seed: &[u8]) -> String {
    let letters = base32(seed);
    letters.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group)).collect::<Vec<_>>().join(" ")
}

/// Five bits a letter (RFC 4648), without padding: a seed is a multiple of five bytes.
fn base32(seed: &[u8]) -> String {
    let bits = |at: usize| (at..at + 5).map(|bit| seed[bit / 8] >> (7 - bit % 8) & 1);
    let letter = |at: usize| bits(at).fold(0, |value: usize, bit| value << 1 | usize::from(bit));
    (0..seed.len() * 8).step_by(5).map(|at| char::from(BASE32[letter(at)])).collect()
}

/// The address that an app reads from the picture.
pub(super) fn address(issuer: &str, account: &str, seed: &[u8]) -> String {
    let (issuer, account) = (escaped(issuer), escaped(account));
    format!("otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}", base32(seed))
}

/// Everything but letters and digits as `%XX`: apps show a `+` as it is.
fn escaped(text: &str) -> String {
    let escape = |byte: u8| match byte {
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six of its eight digits.
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(SEED, seconds / 30), expected, "{seconds}");
            assert_eq!(step_of(SEED, expected, at(seconds)), Some(seconds / 30));
        }
    }

    #[test]
    fn clocks_may_differ_by_one_step_and_no_more() {
        for (seconds, fits) in [(29, false), (30, true), (60, true), (90, true), (119, true), (120, false)] {
            let step = step_of(SEED, &code(SEED, 2), at(seconds));
            assert_eq!(step.is_some(), fits, "{seconds}");
        }
    }

    #[test]
    fn what_is_no_code_belongs_to_no_step() {
        for text in ["", "287082 ", "28708", "2870820", "abcdef", "２８７０８２"] {
            assert_eq!(step_of(SEED, text, at(59)), None, "{text}");
        }
    }

    #[test]
    fn a_seed_is_written_as_apps_read_it() {
        // RFC 4648, section 10, and the seed that every authenticator's documentation shows.
        assert_eq!(base32(b"fooba"), "MZXW6YTB");
        assert_eq!(seed_text(SEED), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            address("Platformă P", "ana@x.ro", b"fooba"),
            "otpauth://totp/Platform%C4%83%20P:ana%40x%2Ero?secret=MZXW6YTB&issuer=Platform%C4%83%20P"
        );
    }
}
