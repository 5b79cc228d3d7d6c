//! Looking at what is shown beside the password: at the second step of a sign-in, and before what reaches others.

use sqlx::{Any, Transaction};

use super::{recovery, seeds};
use crate::accounts::mails::{self, FactorChange, Told};
use crate::accounts::model::KnownAccount;
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::state::App;

/// By what somebody was known beside the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::accounts) enum Way {
    /// A one-time code of an app.
    Totp,
    /// A code on paper, which is used up.
    RecoveryCode,
}

impl Way {
    /// What the log calls it.
    pub(in crate::accounts) const fn as_str(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::RecoveryCode => "recovery-code",
        }
    }
}

/// Looks at a code, which counts once: six digits are of the app, everything else is of the paper, of which the owner is
/// told. `None` when it is wrong or was used before; then nothing may be committed.
pub(in crate::accounts) async fn accept(
    work: &mut Transaction<'_, Any>,
    app: &App,
    account: &KnownAccount,
    (context, typed): (&RequestContext, &str),
) -> Result<Option<Way>, Problem> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(seeds::accept(work, app, account, &code).await?.then_some(Way::Totp));
    }
    if !recovery::accept(work, account, &code).await? {
        return Ok(None);
    }
    let told = Told::FactorChanged(FactorChange::CodeUsed);
    mails::tell(work, app, (account, context.locale()), told).await?;
    Ok(Some(Way::RecoveryCode))
}
