//! Which passwords are good enough.

use secrecy::{ExposeSecret as _, SecretString};

use crate::error::Problem;

const SHORTEST: usize = 8;
const LONGEST: usize = 128;

/// Refuses passwords that are short or that an attacker would try early. Any characters are welcome; there are no
/// rules about capitals or digits. `context` are words that attackers know: the owner's name and address.
///
/// # Errors
/// 422 with a sentence that says what is wrong.
pub(super) fn check(password: &SecretString, context: &[&str]) -> Result<(), Problem> {
    let password = password.expose_secret();
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Problem::refused("password-too-short").arg("shortest", SHORTEST));
    }
    if length > LONGEST {
        return Err(Problem::refused("password-too-long").arg("longest", LONGEST));
    }
    if is_guessable(password, context) { Err(Problem::refused("password-guessable")) } else { Ok(()) }
}

fn is_guessable(password: &str, context: &[&str]) -> bool {
    let context: Vec<String> = context.iter().map(|text| text.to_lowercase()).collect();
    let words = context.iter().flat_map(|text| text.split(['@', '.', ' ', '-', '_']).chain([text.as_str()]));
    let known: Vec<&str> = words.chain(OURS).filter(|word| word.len() >= 3).collect();
    let rest = known.iter().fold(password.to_lowercase(), |rest, word| rest.replace(word, ""));
    rest.chars().count() < FEWEST_OWN || zxcvbn::zxcvbn(password, &known).score() < zxcvbn::Score::Three
}

/// Words anybody would try here.
const OURS: [&str; 5] = ["oxi", "pulsoximetrie", "platforma", "oximetry", "parola"];
/// Fewest characters a password needs besides words that everybody knows.
const FEWEST_OWN: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    fn code(password: &str) -> Option<String> {
        let outcome = check(&password.into(), &["ana.popescu@clinica.ro", "Ana Popescu"]);
        outcome.err().map(|problem| problem.code().to_owned())
    }

    #[test]
    fn a_long_phrase_without_digits_or_capitals_is_welcome() {
        assert_eq!(code("corect cal baterie capsator"), None);
    }

    #[test]
    fn short_common_and_personal_passwords_are_refused() {
        assert_eq!(code("s3kR.t!").as_deref(), Some("password-too-short"));
        for guessable in ["password1", "12345678", "Parola123", "qwertyuiop", "anapopescu", "Ana.Popescu1"] {
            assert_eq!(code(guessable).as_deref(), Some("password-guessable"), "{guessable}");
        }
    }

    #[test]
    fn a_password_that_only_serves_to_keep_the_hasher_busy_is_refused() {
        assert_eq!(code(&"x7.".repeat(50)).as_deref(), Some("password-too-long"));
    }
}
