//! What the identifiers of the journal stand for, as far as its reader may see it.

use std::collections::{BTreeSet, HashMap};

use crate::accounts;
use crate::audit::{By, Filter, Kept, Subject};
use crate::clinics::Member;
use crate::error::Problem;
use crate::i18n::{Locale, wording};
use crate::ids::{AccountId, PatientId, RecordingId};
use crate::patients::SeenPatient;
use crate::recordings::{CanRead, Recording};
use crate::state::App;

/// An account and its name.
pub(super) struct Named {
    pub(super) id: AccountId,
    pub(super) name: String,
}

/// The names of accounts, in their order.
pub(super) async fn people(app: &App, ids: &[AccountId]) -> Result<Vec<Named>, Problem> {
    let people = accounts::people(app, ids).await?;
    let named = |person: &accounts::Person| Named { id: person.id().clone(), name: person.name().to_owned() };
    let mut people: Vec<_> = people.iter().map(named).collect();
    people.sort_by_key(|named| named.name.to_lowercase());
    Ok(people)
}

/// Names of accounts, codes of patients, nights of recordings. What its reader does not see has none.
#[derive(Default)]
pub(super) struct Names {
    people: HashMap<AccountId, String>,
    patients: HashMap<PatientId, String>,
    nights: HashMap<RecordingId, Recording>,
}

impl Names {
    /// Of everything that some entries, and the filter, name.
    pub(super) async fn load(
        app: &App,
        reader: Option<&Member>,
        entries: &[Kept],
        filter: &Filter,
    ) -> Result<Self, Problem> {
        let subjects = entries.iter().filter_map(|entry| entry.subject.as_ref()).chain(&filter.subject);
        let actors = entries.iter().filter_map(|entry| match &entry.actor {
            Some(By::Account(id)) => Some(id.clone()),
            _ => None,
        });
        let (mut accounts, mut names) = (actors.collect::<BTreeSet<_>>(), Self::default());
        for subject in subjects {
            match (subject, reader) {
                (Subject::Account(id), _) => _ = accounts.insert(id.clone()),
                (Subject::Patient(id), Some(reader)) => names.add_patient(app, reader, id).await?,
                (Subject::Recording(id), Some(reader)) => names.add_night(app, reader, id).await?,
                _ => {}
            }
        }
        let people = people(app, &accounts.into_iter().collect::<Vec<_>>()).await?;
        names.people = people.into_iter().map(|named| (named.id, named.name)).collect();
        Ok(names)
    }

    async fn add_patient(&mut self, app: &App, reader: &Member, id: &PatientId) -> Result<(), Problem> {
        if !self.patients.contains_key(id)
            && let Some(seen) = SeenPatient::look(app, reader, id).await?
        {
            self.patients.insert(id.clone(), seen.patient().code.as_str().to_owned());
        }
        Ok(())
    }

    async fn add_night(&mut self, app: &App, reader: &Member, id: &RecordingId) -> Result<(), Problem> {
        if !self.nights.contains_key(id)
            && let Some(seen) = CanRead::find(app, reader, id).await?
        {
            self.nights.insert(id.clone(), seen.recording().clone());
        }
        Ok(())
    }

    /// Who did something.
    pub(super) fn actor(&self, locale: Locale, actor: Option<&By>) -> String {
        let key = match actor {
            Some(By::Account(id)) => match self.people.get(id) {
                Some(name) => return name.clone(),
                None => "journal-by-former",
            },
            Some(By::Link(_)) => "journal-by-link",
            Some(By::Operator) => "journal-by-operator",
            Some(By::Platform(_)) => "journal-by-platform",
            Some(By::Visitor) | None => "journal-by-visitor",
        };
        locale.t(key)
    }

    /// What it was done to; `None`: nothing that has an identifier.
    pub(super) fn subject(&self, locale: Locale, subject: &Subject) -> Option<String> {
        let named = |key, place, value: Option<String>, unknown| match value {
            Some(value) => locale.t_args(key, &[(place, value.into())]),
            None => locale.t(unknown),
        };
        Some(match subject {
            Subject::Nothing => return None,
            Subject::Account(id) => {
                named("journal-on-account", "name", self.people.get(id).cloned(), "journal-on-former-account")
            }
            Subject::Patient(id) => {
                named("journal-on-patient", "code", self.patients.get(id).cloned(), "journal-on-some-patient")
            }
            Subject::Recording(id) => {
                let night = self.nights.get(id).map(|night| wording::date(locale, night.digest.starts_at));
                named("journal-on-recording", "date", night, "journal-on-some-recording")
            }
            Subject::Link(_) => locale.t("journal-on-link"),
            Subject::Clinic(_) => locale.t("journal-on-clinic"),
        })
    }
}
