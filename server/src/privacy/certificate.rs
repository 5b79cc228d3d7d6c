//! What was erased, in words: a page, and the same as a text to keep.

use std::fmt::Write as _;
use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse as _, Response};

use super::access::SeenErasure;
use super::model::{Erasure, tombstone};
use super::store;
use crate::accounts;
use crate::error::Problem;
use crate::http::browser::page::{Page, render};
use crate::i18n::Locale;
use crate::i18n::wording::{decimal, stamp};
use crate::ids::ErasureId;
use crate::platform::clock::Timestamp;
use crate::recordings::attachment;
use crate::state::App;

/// Where the certificate of an erasure is.
pub(super) fn address(id: &ErasureId) -> String {
    format!("/erasures/{id}")
}

#[derive(Template)]
#[template(path = "privacy/certificate.html")]
struct CertificatePage {
    page: Page,
    is_done: bool,
    facts: Vec<Fact>,
    backups: String,
    download: String,
}

/// A line of the certificate.
struct Fact {
    label: String,
    value: String,
}

/// `GET /erasures/{id}`.
pub(super) async fn show(
    seen: SeenErasure,
    State(app): State<App>,
    page: Page,
) -> Result<Html<String>, Problem> {
    let erasure = seen.erasure();
    let facts = facts(&app, page.locale(), erasure).await?;
    let backups = backups(&app, page.locale(), erasure.done_at);
    let download = format!("{}/certificate", address(&erasure.id));
    render(&CertificatePage { page, is_done: erasure.done_at.is_some(), facts, backups, download })
}

/// `GET /erasures/{id}/certificate`: the same as a text, with the marks by which what comes back is known again.
pub(super) async fn text(seen: SeenErasure, State(app): State<App>, page: Page) -> Result<Response, Problem> {
    let (erasure, locale) = (seen.erasure(), page.locale());
    let mut text = format!("{}\n\n", locale.t("erasure-title"));
    for Fact { label, value } in facts(&app, locale, erasure).await? {
        // Writing to a text cannot fail.
        _ = writeln!(text, "{label}: {value}");
    }
    let marks = store::marks(&app.db, erasure).await?;
    let tombstone = tombstone((&erasure.id, &erasure.clinic_id), erasure.asked_at, &marks);
    let (backups, about) = (backups(&app, locale, erasure.done_at), locale.t("erasure-marks-about"));
    _ = write!(text, "\n{backups}\n\n{about}\n\n{tombstone}");
    let name = attachment(&format!("{}-{}.txt", locale.t("erasure-file-name"), erasure.id));
    let name = HeaderValue::from_str(&name).map_err(Problem::internal)?;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    Ok(([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, name)], text).into_response())
}

async fn facts(app: &App, locale: Locale, erasure: &Erasure) -> Result<Vec<Fact>, Problem> {
    let fact = |label: &str, value: String| Fact { label: locale.t(label), value };
    let counts = &erasure.counts;
    let files = decimal(locale, counts.file_bytes as f64 / 1e6, 1);
    Ok(vec![
        fact("erasure-number", erasure.id.to_string()),
        fact("erasure-reason", locale.t(&format!("erasure-reason-{}", erasure.reason.as_str()))),
        fact("erasure-by", asker(app, locale, erasure).await?),
        fact("erasure-asked-at", stamp(erasure.asked_at)),
        fact("erasure-done-at", erasure.done_at.map_or_else(|| locale.t("erasure-not-done"), stamp)),
        fact("erasure-patients", counts.patients.to_string()),
        fact("erasure-recordings", counts.recordings.to_string()),
        fact("erasure-files", locale.t_args("erasure-megabytes", &[("n", files.into())])),
        fact("erasure-analyses", counts.analyses.to_string()),
        fact("erasure-links", counts.links.to_string()),
        fact("erasure-mails", counts.mails.to_string()),
        fact("erasure-digest", erasure.digest.clone()),
    ])
}

async fn asker(app: &App, locale: Locale, erasure: &Erasure) -> Result<String, Problem> {
    let Some(id) = &erasure.asked_by else { return Ok(locale.t("erasure-by-platform")) };
    let person = accounts::person(app, id).await?;
    Ok(person.map_or_else(|| id.to_string(), |person| person.name().to_owned()))
}

/// What is said about copies: for how long they may hold what is erased, at most until when.
pub(super) fn backups(app: &App, locale: Locale, done_at: Option<Timestamp>) -> String {
    let Some(days) = app.config.operator.backup_days else { return locale.t("erasure-backups-unknown") };
    let n = ("n", u32::from(days).into());
    match done_at {
        None => locale.t_args("erasure-backups", &[n]),
        Some(at) => {
            let end = stamp(at.plus(Duration::from_hours(24 * u64::from(days))));
            locale.t_args("erasure-backups-until", &[n, ("end", end.into())])
        }
    }
}
