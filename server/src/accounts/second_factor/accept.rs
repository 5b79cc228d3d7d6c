//! Looking at what is shown beside the password: at the second step of a sign-in, and before what reaches others.

use sqlx::{Any, Transaction};

use webauthn_rs::prelude::RequestChallengeResponse;

use super::{passkeys, recovery, seeds};
use crate::accounts::mails::{self, FactorChange, Notification};
use crate::accounts::model::KnownAccount;
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::state::App;

/// What somebody shows: one of these.
#[derive(Clone, Copy, Debug)]
pub(in crate::accounts) struct Shown<'a> {
    /// A code as it was typed.
    pub(in crate::accounts) code: &'a str,
    /// A device's answer, as JSON.
    pub(in crate::accounts) passkey: &'a str,
}

/// What an account can show.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::accounts) struct Ways {
    pub(in crate::accounts) has_totp: bool,
    pub(in crate::accounts) has_passkeys: bool,
}

impl Ways {
    /// Those of an account.
    pub(in crate::accounts) async fn of(app: &App, account: &KnownAccount) -> Result<Self, Problem> {
        Ok(Self {
            has_totp: seeds::confirmed_at(app.db.read(), account).await?.is_some(),
            has_passkeys: passkeys::count(app.db.read(), account).await? > 0,
        })
    }
}

/// Asks the browser for a passkey of the account.
pub(in crate::accounts) async fn ask_for_passkey(
    work: &mut Transaction<'_, Any>,
    app: &App,
    (account, context): (&KnownAccount, &RequestContext),
) -> Result<RequestChallengeResponse, Problem> {
    passkeys::ask_to_show(work, app, (account, context)).await
}

/// By what somebody was known beside the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::accounts) enum Way {
    /// A one-time code of an app.
    Totp,
    /// A key in a device.
    Passkey,
    /// A code on paper, which is used up.
    RecoveryCode,
}

impl Way {
    /// What the log calls it.
    pub(in crate::accounts) const fn as_str(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::Passkey => "passkey",
            Self::RecoveryCode => "recovery-code",
        }
    }
}

/// Looks at what is shown, which counts once: the answer of a device, else a code, six digits are of the app, everything else is of the paper, of which the owner is
/// told. `None` when it is wrong or was used before; then nothing may be committed.
pub(in crate::accounts) async fn accept(
    work: &mut Transaction<'_, Any>,
    app: &App,
    account: &KnownAccount,
    (context, shown): (&RequestContext, Shown<'_>),
) -> Result<Option<Way>, Problem> {
    if !shown.passkey.is_empty() {
        let who = (account, context);
        return Ok(passkeys::accept(work, app, who, shown.passkey).await?.then_some(Way::Passkey));
    }
    let code: String = shown.code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(seeds::accept(work, app, account, &code).await?.then_some(Way::Totp));
    }
    if !recovery::accept(work, account, &code).await? {
        return Ok(None);
    }
    let notification = Notification::FactorChanged(FactorChange::CodeUsed);
    mails::notify(work, app, (account, context.locale()), notification).await?;
    Ok(Some(Way::RecoveryCode))
}
