//! The mail that invites. Whoever has an account is sent to it; whoever has none gets the link that makes one.

use super::model::{Invitation, InvitationId};
use super::store;
use crate::accounts::{self, Newcomer};
use crate::audit::{Act, Duty, Work};
use crate::clinics::store as clinics;
use crate::error::Problem;
use crate::http::identity::ClinicRole;
use crate::i18n::{Locale, wording};
use crate::mail::{self, Letter, Order, Queued, Recipient, Template};
use crate::platform::db::DbError;
use crate::state::App;

/// Its subject is the invitation.
pub(in crate::clinics) const INVITATION: Template =
    Template { name: "invitation", compose: |app, mail| Box::pin(async move { compose(&app, &mail).await }) };

/// Asks for the mail; `locale` is for those who have no account.
pub(super) async fn post(
    work: &mut Work,
    app: &App,
    id: &InvitationId,
    locale: Locale,
) -> Result<(), DbError> {
    let order =
        Order { template: INVITATION.name, account_id: None, subject: id.as_str(), detail: "", locale };
    mail::post(work, app, order).await
}

/// Nothing for an invitation that was answered or taken back, and for an account that is disabled.
async fn compose(app: &App, mail: &Queued) -> Result<Option<Letter>, Problem> {
    let (Some(id), now) = (InvitationId::parse(&mail.subject), app.clock.now()) else { return Ok(None) };
    let Some(invitation) = store::of_mail(&app.db, &id, now).await? else { return Ok(None) };
    let who = Newcomer::parse(&invitation.name, &invitation.email)?;
    let mut work = Work::begin(&app.db, Duty::Mail).await?;
    let (to, label, path) = match accounts::with_address(&mut work, &who).await? {
        Some(known) => {
            mail::address_to(&mut work, mail, &known).await?;
            let owner = accounts::recipient(app, &known, mail.locale).await?;
            (owner, "mail-invitation-answer", "/account/invitations".to_owned())
        }
        None => {
            let secret = app.random.secret();
            store::add_secret(&mut work, &invitation, (&secret.fingerprint(), now)).await?;
            (Some(newcomer(&who, mail.locale)), "mail-invitation-link", super::path(&secret))
        }
    };
    work.commit(Act::on_clinic("invitation-mailed", &invitation.clinic_id)).await?;
    let clinic = clinics::name(&app.db, &invitation).await?;
    Ok(to.map(|to| letter(app, &invitation, (to, &clinic), (label, &path))))
}

fn newcomer(who: &Newcomer, locale: Locale) -> Recipient {
    Recipient { name: who.name().to_owned(), email: who.email().to_owned(), locale }
}

fn letter(
    app: &App,
    invitation: &Invitation,
    (to, clinic): (Recipient, &str),
    (label, path): (&str, &str),
) -> Letter {
    let locale = to.locale;
    let key = match invitation.role {
        ClinicRole::Administrator => "mail-invitation-text-admin",
        ClinicRole::Doctor | ClinicRole::Guest => "mail-invitation-text",
    };
    let until = wording::stamp(invitation.expires_at);
    Letter::new(to, locale.t("mail-invitation-title"))
        .say(locale.t_args(key, &[("clinic", clinic.into())]))
        .link(app, locale.t(label), path)
        .say(locale.t_args("mail-invitation-until", &[("time", until.into())]))
        .say(locale.t("mail-invitation-stranger"))
}
