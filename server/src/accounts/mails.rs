//! What owners are told about their account by mail: a thief of a session sees pages and notices, but not the mailbox.

use sqlx::{Any, Transaction};

use super::model::KnownAccount;
use super::store;
use crate::error::Problem;
use crate::http::auth::Admin;
use crate::http::device::Device;
use crate::i18n::{Locale, wording};
use crate::mail::{self, Letter, Order, Queued, Recipient, Template};
use crate::platform::db::DbError;
use crate::state::App;

/// What the owner of an account is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notification {
    /// The password was changed.
    PasswordChanged,
    /// Somebody signed in from a browser that was not known.
    NewDevice(Device),
    /// The second factor was changed, or a recovery code was used.
    FactorChanged(FactorChange),
}

/// What became of a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FactorChange {
    TotpAdded,
    TotpRemoved,
    PasskeyAdded,
    PasskeyRemoved,
    CodesMade,
    CodeUsed,
    /// An administrator removed all of them.
    Reset,
}

impl FactorChange {
    const ALL: [Self; 7] = [
        Self::TotpAdded,
        Self::TotpRemoved,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::CodesMade,
        Self::CodeUsed,
        Self::Reset,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::TotpAdded => "totp-added",
            Self::TotpRemoved => "totp-removed",
            Self::PasskeyAdded => "passkey-added",
            Self::PasskeyRemoved => "passkey-removed",
            Self::CodesMade => "codes-made",
            Self::CodeUsed => "code-used",
            Self::Reset => "reset",
        }
    }

    /// The key of its sentence.
    fn message_key(self) -> String {
        format!("mail-factor-{}", self.as_str())
    }
}

/// Tells the owner by mail, within the transaction that does what is told; `locale` is for owners who have not chosen a
/// language.
///
/// # Errors
/// When the database fails.
pub(super) async fn notify(
    work: &mut Transaction<'_, Any>,
    app: &App,
    (account_id, locale): (&KnownAccount, Locale),
    notification: Notification,
) -> Result<(), DbError> {
    let (template, detail) = match notification {
        Notification::PasswordChanged => (PASSWORD_CHANGED, String::new()),
        Notification::NewDevice(device) => (NEW_DEVICE, device.to_text()),
        Notification::FactorChanged(change) => (FACTOR_CHANGED, change.as_str().to_owned()),
    };
    let (template, detail) = (template.name, detail.as_str());
    mail::post(work, app, Order { template, account_id: Some(account_id), subject: "", detail, locale }).await
}

/// Sends an administrator a mail that says nothing, to see whether it arrives.
///
/// # Errors
/// When the database fails.
pub async fn send_test(
    work: &mut Transaction<'_, Any>,
    app: &App,
    admin: &Admin,
    locale: Locale,
) -> Result<(), DbError> {
    let order =
        Order { template: TEST.name, account_id: Some(admin.account_id()), subject: "", detail: "", locale };
    mail::post(work, app, order).await
}

/// Whom a mail to the owner of an account goes to; nobody when the account is disabled or gone.
async fn recipient(app: &App, mail: &Queued) -> Result<Option<Recipient>, Problem> {
    let Some(id) = &mail.account_id else { return Ok(None) };
    Ok(store::recipient(&app.db, id, mail.locale).await?)
}

pub(super) const PASSWORD_CHANGED: Template = Template {
    name: "password-changed",
    compose: |app, mail| Box::pin(async move { about_owner(&app, &mail, password_changed).await }),
};
pub(super) const NEW_DEVICE: Template = Template {
    name: "new-device",
    compose: |app, mail| Box::pin(async move { about_owner(&app, &mail, new_device).await }),
};
pub(super) const FACTOR_CHANGED: Template = Template {
    name: "factor-changed",
    compose: |app, mail| Box::pin(async move { about_owner(&app, &mail, factor_changed).await }),
};
pub(super) const TEST: Template = Template {
    name: "test",
    compose: |app, mail| Box::pin(async move { about_owner(&app, &mail, test).await }),
};

/// A mail that needs to know nothing but its row and whom it is for.
async fn about_owner(
    app: &App,
    mail: &Queued,
    write: fn(&App, &Queued, Recipient) -> Letter,
) -> Result<Option<Letter>, Problem> {
    Ok(recipient(app, mail).await?.map(|to| write(app, mail, to)))
}

fn password_changed(_: &App, mail: &Queued, to: Recipient) -> Letter {
    let locale = to.locale;
    Letter::new(to, locale.t("mail-password-changed-title"))
        .say(at(mail, locale, "mail-password-changed-text"))
        .say(locale.t("mail-not-you"))
}

fn new_device(app: &App, mail: &Queued, to: Recipient) -> Letter {
    let locale = to.locale;
    let device = Device::from_text(&mail.detail).words(locale);
    let time = wording::stamp(mail.created_at);
    let text = locale.t_args("mail-new-device-text", &[("time", time.into()), ("device", device.into())]);
    Letter::new(to, locale.t("mail-new-device-title"))
        .say(text)
        .say(locale.t("mail-new-device-yours"))
        .link(app, locale.t("mail-new-device-link"), "/account")
        .say(locale.t("mail-not-you"))
}

fn factor_changed(app: &App, mail: &Queued, to: Recipient) -> Letter {
    let locale = to.locale;
    let change = FactorChange::ALL.into_iter().find(|change| change.as_str() == mail.detail);
    let letter = Letter::new(to, locale.t("mail-factor-changed-title"));
    let letter =
        change.into_iter().fold(letter, |letter, change| letter.say(at(mail, locale, &change.message_key())));
    letter.link(app, locale.t("notices-open"), "/account").say(locale.t("mail-not-you"))
}

fn test(_: &App, mail: &Queued, to: Recipient) -> Letter {
    let locale = to.locale;
    Letter::new(to, locale.t("mail-test-title")).say(at(mail, locale, "mail-test-text"))
}

/// A sentence that says when it happened.
fn at(mail: &Queued, locale: Locale, key: &str) -> String {
    locale.t_args(key, &[("time", wording::stamp(mail.created_at).into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::keys;

    #[test]
    fn each_change_of_a_second_factor_has_its_sentence() {
        for locale in Locale::ALL {
            for change in FactorChange::ALL {
                assert!(keys(locale).contains(&change.message_key()), "{locale} {change:?}");
            }
        }
    }
}
