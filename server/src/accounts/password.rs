//! Which passwords are good enough.

mod common;

use secrecy::{ExposeSecret as _, SecretString};
use zxcvbn::Score;

use crate::error::Problem;

/// How good a password must be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// Fewest characters.
    shortest: usize,
    /// Least score of zxcvbn.
    score: Score,
}

/// One that somebody chooses on a page.
pub(super) const CHOSEN: Rule = Rule { shortest: 12, score: Score::Three };
/// That of the settings, which older deployments have: eight characters of their rules have a lower score.
pub(super) const OF_SETTINGS: Rule = Rule { shortest: 8, score: Score::Two };
const LONGEST: usize = 128;

/// Refuses passwords that are short or that an attacker would try early. Any characters are welcome; there are no
/// rules about capitals or digits. `context` are words that attackers know: the owner's name and address.
///
/// # Errors
/// 422 with a sentence that says what is wrong.
pub(super) fn check(password: &SecretString, rule: Rule, context: &[&str]) -> Result<(), Problem> {
    let password = password.expose_secret();
    let length = password.chars().count();
    if length < rule.shortest {
        return Err(Problem::refused("password-too-short").arg("shortest", rule.shortest));
    }
    if length > LONGEST {
        return Err(Problem::refused("password-too-long").arg("longest", LONGEST));
    }
    if common::is_common(password) {
        return Err(Problem::refused("password-common"));
    }
    if is_guessable(password, rule.score, context) {
        Err(Problem::refused("password-guessable"))
    } else {
        Ok(())
    }
}

fn is_guessable(password: &str, least: Score, context: &[&str]) -> bool {
    let context: Vec<String> = context.iter().map(|text| text.to_lowercase()).collect();
    let words = context.iter().flat_map(|text| text.split(['@', '.', ' ', '-', '_']).chain([text.as_str()]));
    let known: Vec<&str> = words.chain(OURS).filter(|word| word.len() >= 3).collect();
    let rest = known.iter().fold(password.to_lowercase(), |rest, word| rest.replace(word, ""));
    rest.chars().count() < FEWEST_OWN || zxcvbn::zxcvbn(password, &known).score() < least
}

/// Words anybody would try here.
const OURS: [&str; 5] = ["oxi", "pulsoximetrie", "platforma", "oximetry", "parola"];
/// Fewest characters a password needs besides words that everybody knows.
const FEWEST_OWN: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    fn code(password: &str) -> Option<String> {
        let outcome = check(&password.into(), CHOSEN, &["ana.popescu@clinica.ro", "Ana Popescu"]);
        outcome.err().map(|problem| problem.code().to_owned())
    }

    #[test]
    fn a_long_phrase_without_digits_or_capitals_is_welcome() {
        assert_eq!(code("corect cal baterie capsator"), None);
    }

    #[test]
    fn short_common_and_personal_passwords_are_refused() {
        assert_eq!(code("s3kR.t!vQ2x").as_deref(), Some("password-too-short"));
        for common in ["password1234", "123456789012", "Parola123456", "qwertyuiop12"] {
            assert_eq!(code(common).as_deref(), Some("password-common"), "{common}");
        }
        for guessable in ["ana.popescu.12", "Ana.Popescu1234"] {
            assert_eq!(code(guessable).as_deref(), Some("password-guessable"), "{guessable}");
        }
    }

    #[test]
    fn the_password_of_the_settings_may_be_shorter() {
        assert!(check(&"kR.t!vQ2".into(), OF_SETTINGS, &[]).is_ok());
        assert!(check(&"kR.t!vQ".into(), OF_SETTINGS, &[]).is_err());
    }

    #[test]
    fn a_password_that_only_serves_to_keep_the_hasher_busy_is_refused() {
        assert_eq!(code(&"x7.".repeat(50)).as_deref(), Some("password-too-long"));
    }
}
