//! The page about data: the text of `docs/PRIVACY.md` in the reader's language, with what the clinic and whoever runs the
//! platform have said about themselves. What nobody has said is said to be unknown.

use askama::Template;
use axum::extract::State;
use axum::response::Html;

use super::certificate::backups;
use crate::clinics;
use crate::error::Problem;
use crate::http::browser::page::{Page, render};
use crate::http::routes::Visitor;
use crate::i18n::Locale;
use crate::ids::ClinicId;
use crate::patients::AnyLink;
use crate::state::App;

const TEXT: &str = include_str!("../../../docs/PRIVACY.md");

/// A heading with what stands below it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Section {
    title: String,
    paragraphs: Vec<String>,
    items: Vec<String>,
}

#[derive(Template)]
#[template(path = "privacy/notice.html")]
struct NoticePage {
    page: Page,
    sections: Vec<Section>,
}

/// `GET /privacy`, `GET /confidentialitate`: of the clinic in which somebody is signed in, else of none in particular.
pub(super) async fn show(_: Visitor, State(app): State<App>, page: Page) -> Result<Html<String>, Problem> {
    let clinic = page.standing().map(|standing| standing.clinic_id.clone());
    answer(&app, page, clinic.as_ref()).await
}

/// `GET /p/{id}/privacy`: of the clinic whose link is open in this browser; of none in particular behind a closed one.
pub(super) async fn show_to_patient(
    link: AnyLink,
    State(app): State<App>,
    page: Page,
) -> Result<Html<String>, Problem> {
    match &link {
        AnyLink::Open(access) => answer(&app, page, Some(access.clinic_id())).await,
        AnyLink::Closed { .. } => answer(&app, page, None).await,
    }
}

async fn answer(app: &App, page: Page, clinic: Option<&ClinicId>) -> Result<Html<String>, Problem> {
    let locale = page.locale();
    let clinic = match clinic {
        Some(id) => clinics::contact(&app.db, id).await?,
        None => None,
    };
    let clinic = match clinic {
        Some((name, Some(phone))) => {
            locale.t_args("privacy-clinic-phone", &[("name", name.into()), ("phone", phone.into())])
        }
        Some((name, None)) => locale.t_args("privacy-clinic", &[("name", name.into())]),
        None => locale.t("privacy-clinic-unknown"),
    };
    let filled = [
        ("{clinic}", clinic),
        ("{operator}", operator(app, locale)),
        ("{retention}", locale.t("privacy-retention-never")),
        ("{backups}", backups(app, locale, None)),
    ];
    render(&NoticePage { page, sections: sections(locale, &filled) })
}

fn operator(app: &App, locale: Locale) -> String {
    let operator = &app.config.operator;
    let name = operator.name.clone();
    let name = name.map(|name| locale.t_args("privacy-operator", &[("name", name.into())]));
    let contact = operator.contact.clone();
    let contact = contact.map(|contact| locale.t_args("privacy-contact", &[("contact", contact.into())]));
    let said: Vec<_> = name.into_iter().chain(contact).collect();
    if said.is_empty() { locale.t("privacy-operator-unknown") } else { said.join(" ") }
}

/// The sections of a language's part, filled in.
fn sections(locale: Locale, filled: &[(&str, String)]) -> Vec<Section> {
    let heading = match locale {
        Locale::Ro => "## Română\n",
        Locale::En => "## English\n",
    };
    let part = TEXT.split(heading).nth(1).unwrap_or_default().split("\n## ").next().unwrap_or_default();
    part.split("### ").skip(1).map(|text| section(text, filled)).collect()
}

fn section(text: &str, filled: &[(&str, String)]) -> Section {
    let fill =
        |line: &str| filled.iter().fold(line.to_owned(), |line, (place, said)| line.replace(place, said));
    let mut lines = text.lines().filter(|line| !line.is_empty());
    let title = lines.next().unwrap_or_default().to_owned();
    let mut section = Section { title, ..Section::default() };
    for line in lines {
        match line.strip_prefix("- ") {
            Some(item) => section.items.push(fill(item)),
            None => section.paragraphs.push(fill(line)),
        }
    }
    section
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_sections_and_every_place_is_filled() {
        let places =
            ["{clinic}", "{operator}", "{retention}", "{backups}"].map(|place| (place, "said".to_owned()));
        let [ro, en] = [Locale::Ro, Locale::En].map(|locale| sections(locale, &places));
        assert!(ro.len() > 5, "{ro:?}");
        let shape = |sections: &[Section]| -> Vec<_> {
            sections.iter().map(|section| (section.paragraphs.len(), section.items.len())).collect()
        };
        assert_eq!(shape(&ro), shape(&en));
        let all = format!("{ro:?}{en:?}");
        assert!(!all.contains("{cl") && !all.contains("{op") && !all.contains("{re") && !all.contains("{ba"));
        assert_eq!(all.matches("\"said\"").count(), 8);
    }
}
