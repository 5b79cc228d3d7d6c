//! Secrets that people copy by hand: four groups of four signs, none of which looks like another.

/// Signs of a code, five bits each.
pub const SIGNS: usize = 16;
/// Letters and digits that nobody takes for each other.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// A code of random bytes: `KMSD-686F-CX5D-D2VW`.
pub fn code(random: [u8; 32]) -> String {
    let signs = random.map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
    signs[..SIGNS].chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// The signs of a code, however it was typed: capitals without what stands between them.
pub fn plain(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::random::Random;

    #[test]
    fn a_code_has_four_groups_of_four_and_no_sign_that_looks_like_another() {
        let random = Random::seeded(7);
        for _ in 0..100 {
            let code = code(random.bytes());
            let groups: Vec<_> = code.split('-').map(str::len).collect();
            assert!(groups == [4; 4] && !code.contains(['0', '1', 'I', 'O']), "{code}");
        }
    }

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        for typed in ["kmsd 686f cx5d d2vw", " KMSD-686F–CX5D.D2VW ", "KMSD686FCX5DD2VW"] {
            assert_eq!(plain(typed), "KMSD686FCX5DD2VW", "{typed}");
        }
    }
}
