//! What the address of a journal page asks for.

use std::fmt::Write as _;

use serde::Deserialize;
use time::{Date, Month};

use super::Choice;
use super::names::Named;
use crate::audit::{By, Filter, Place, Subject};
use crate::error::Problem;
use crate::i18n::Locale;
use crate::platform::clock::Timestamp;

/// The fields of the form and of the links; an empty one asks for nothing.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(in crate::admin) struct Asked {
    actor: String,
    action: String,
    subject: String,
    /// First day, `2026-11-30`.
    from: String,
    /// Last day.
    until: String,
    /// Place of the last entry that was seen, `<milliseconds>.<seq>`.
    before: String,
}

/// What is asked for, understood.
pub(super) struct Wanted {
    asked: Asked,
    filter: Filter,
}

impl Wanted {
    /// # Errors
    /// 400 when a field says nothing that could be meant.
    pub(super) fn new(asked: Asked) -> Result<Self, Problem> {
        let filter = Filter {
            actor: understood(&asked.actor, By::parse)?,
            action: understood(&asked.action, word)?,
            subject: understood(&asked.subject, Subject::parse)?,
            from: understood(&asked.from, |text| Some(start_of(day(text)?)))?,
            until: understood(&asked.until, |text| Some(start_of(day(text)?.next_day()?)))?,
            before: understood(&asked.before, place)?,
        };
        Ok(Self { asked, filter })
    }

    pub(super) fn filter(&self) -> &Filter {
        &self.filter
    }

    pub(super) fn subject(&self) -> &str {
        &self.asked.subject
    }

    pub(super) fn from(&self) -> &str {
        &self.asked.from
    }

    pub(super) fn until(&self) -> &str {
        &self.asked.until
    }

    /// Whether anything is left out, or passed over.
    pub(super) fn is_narrow(&self) -> bool {
        !self.query(&self.asked.subject, &self.asked.before).is_empty()
    }

    /// The same page, of older entries.
    pub(super) fn older_than(&self, place: Place) -> String {
        self.query(&self.asked.subject, &format!("{}.{}", place.at.as_millis(), place.seq))
    }

    /// The same page, of one subject.
    pub(super) fn only_about(&self, subject: &Subject) -> String {
        self.query(&subject.to_string(), "")
    }

    /// Everything that was understood is made of characters that stand for themselves in an address.
    fn query(&self, subject: &str, before: &str) -> String {
        let Asked { actor, action, from, until, .. } = &self.asked;
        let fields = [
            ("actor", actor.as_str()),
            ("action", action),
            ("subject", subject),
            ("from", from),
            ("until", until),
            ("before", before),
        ];
        fields.into_iter().filter(|(_, value)| !value.is_empty()).fold(
            String::new(),
            |mut query, (name, value)| {
                let joint = if query.is_empty() { '?' } else { '&' };
                _ = write!(query, "{joint}{name}={value}");
                query
            },
        )
    }

    /// Who can be asked about: some people, and those without an account.
    pub(super) fn actors(&self, locale: Locale, people: Vec<Named>) -> Vec<Choice> {
        let people = people.into_iter().map(|named| (By::Account(named.id), named.name));
        let others = [(By::Visitor, "journal-by-visitor"), (By::Operator, "journal-by-operator")];
        let others = others.map(|(by, key)| (by, locale.t(key)));
        let choice = |(by, text): (By, String)| Choice {
            is_chosen: self.filter.actor.as_ref() == Some(&by),
            value: by.to_string(),
            text,
        };
        people.chain(others).map(choice).collect()
    }
}

fn understood<T>(text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Problem> {
    if text.is_empty() { Ok(None) } else { parse(text).map(Some).ok_or_else(Problem::bad_request) }
}

fn word(text: &str) -> Option<String> {
    let is_word = text.len() <= 64 && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'-'));
    is_word.then(|| text.to_owned())
}

fn day(text: &str) -> Option<Date> {
    let is_plain = text.len() == 10 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'-'));
    let mut parts = text.split('-').filter(|_| is_plain);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}

fn start_of(day: Date) -> Timestamp {
    Timestamp::from_millis(day.midnight().assume_utc().unix_timestamp() * 1_000)
}

fn place(text: &str) -> Option<Place> {
    let (at, seq) = text.split_once('.')?;
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?;
    Some(Place { at: Timestamp::from_millis(number(at)?), seq: number(seq)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(from: &str, before: &str) -> Asked {
        Asked { from: from.to_owned(), before: before.to_owned(), ..Asked::default() }
    }

    #[test]
    fn days_are_whole_and_both_count() {
        let wanted =
            Wanted::new(Asked { until: "2026-12-31".to_owned(), ..asked("2026-12-31", "") }).unwrap();
        let (from, until) = (wanted.filter().from.unwrap(), wanted.filter().until.unwrap());
        assert_eq!(from.to_string(), "2026-12-31T00:00:00Z");
        assert_eq!(until.to_string(), "2027-01-01T00:00:00Z");
    }

    #[test]
    fn the_address_of_older_entries_keeps_the_filter() {
        let wanted = Wanted::new(Asked { action: "sign-in".to_owned(), ..asked("2026-12-01", "") }).unwrap();
        let place = Place { at: Timestamp::from_millis(7), seq: 3 };
        assert_eq!(wanted.older_than(place), "?action=sign-in&from=2026-12-01&before=7.3");
        let older = Wanted::new(asked("", "7.3")).unwrap();
        assert_eq!(older.filter().before, Some(place));
    }

    #[test]
    fn what_nobody_can_have_meant_is_refused() {
        for from in ["2026-13-01", "2026-02-30", "yesterday", "+026-01-01", "2026-1-1", "2026-01-01-01"] {
            assert!(Wanted::new(asked(from, "")).is_err(), "{from}");
        }
        for before in ["7", "7.", "-7.3", "7.3.4", "x.y"] {
            assert!(Wanted::new(asked("", before)).is_err(), "{before}");
        }
        let filter = |actor: &str, action: &str| {
            Wanted::new(Asked { actor: actor.to_owned(), action: action.to_owned(), ..Asked::default() })
                .is_err()
        };
        assert!(filter("account:A\"><script>", "") && filter("", "sign in&x=y"));
    }
}
