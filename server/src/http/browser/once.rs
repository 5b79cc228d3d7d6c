//! Forms that count once. Their answer is a page, often with a secret that is shown this one time; whoever reloads it
//! sends the form again, and must not do a second time what it does.

use std::time::Duration;

use axum::http::StatusCode;
use serde::Deserialize;
use sqlx::{Any, Transaction};
use uuid::Uuid;

use crate::error::Problem;
use crate::platform::clock::Timestamp;
use crate::platform::used_forms;
use crate::state::App;

/// How long a form counts after its page was made.
const COUNTS_FOR: Duration = Duration::from_hours(7 * 24);

/// The identifier in the form's field `once`. It is no secret: the form's token says that the form is ours.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct FormId(String);

/// A new identifier for the form of a page.
pub fn form_id(app: &App) -> String {
    app.random.id(app.clock.now()).to_string()
}

impl FormId {
    /// The identifier that a form with fields of changing names carries.
    pub fn of(field: &str) -> Self {
        Self(field.to_owned())
    }

    /// Uses the form up within the transaction of what it does; `false` when that has been done already.
    ///
    /// # Errors
    /// [`Problem::forged`] when the form is too old or has no identifier; when the database fails.
    pub async fn claim(&self, app: &App, transaction: &mut Transaction<'_, Any>) -> Result<bool, Problem> {
        let now = app.clock.now();
        let id = self.parse().filter(|(_, made_at)| is_fresh(*made_at, now)).ok_or_else(Problem::forged)?.0;
        Ok(used_forms::claim(transaction, &id.to_string(), now).await?)
    }

    /// [`FormId::claim`] for a form whose answer shows a secret: sent again it would make another, which ends the first.
    ///
    /// # Errors
    /// As [`FormId::claim`]; 410 when the form has been used up before.
    pub async fn use_up(&self, app: &App, transaction: &mut Transaction<'_, Any>) -> Result<(), Problem> {
        if self.claim(app, transaction).await? {
            Ok(())
        } else {
            Err(Problem::new(StatusCode::GONE, "code-made-before"))
        }
    }

    fn parse(&self) -> Option<(Uuid, Timestamp)> {
        let id = Uuid::parse_str(&self.0).ok()?;
        let (seconds, nanoseconds) = id.get_timestamp()?.to_unix();
        let millis = seconds.checked_mul(1_000)?.checked_add(u64::from(nanoseconds / 1_000_000))?;
        Some((id, Timestamp::from_millis(i64::try_from(millis).ok()?)))
    }
}

/// A form that has nothing but its identifier.
#[derive(Debug, Deserialize)]
pub struct OnlyOnce {
    /// Its identifier.
    #[serde(default)]
    pub once: FormId,
}

fn is_fresh(made_at: Timestamp, now: Timestamp) -> bool {
    now <= made_at.plus(COUNTS_FOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_tells_when_its_form_was_made() {
        let made_at = Timestamp::from_millis(1_769_000_000_123);
        let id = FormId(crate::platform::random::Random::seeded(7).id(made_at).to_string());
        assert_eq!(id.parse().map(|(_, at)| at), Some(made_at));
        for no_id in ["", "x", "0197d2a0-0000-4000-8000-000000000000"] {
            assert_eq!(FormId(no_id.to_owned()).parse(), None, "{no_id}");
        }
    }

    #[test]
    fn a_form_counts_for_a_week() {
        let made_at = Timestamp::from_millis(1_769_000_000_000);
        assert!(is_fresh(made_at, made_at.plus(Duration::from_hours(167))));
        assert!(!is_fresh(made_at, made_at.plus(Duration::from_hours(169))));
    }
}
