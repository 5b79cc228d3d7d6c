//! The mail with the link for a new password. Whether the address has an account shows here, long after the request was
//! answered.

use std::time::Duration;

use super::store::{self, RequestId};
use crate::accounts::links;
use crate::accounts::store as accounts;
use crate::audit::{Act, Duty, Work};
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::http::device::Device;
use crate::i18n::wording;
use crate::mail::{self, Letter, Order, Queued, Template};
use crate::platform::db::DbError;
use crate::state::App;

/// Mails of this sort that one account gets in an hour at most: nobody fills the mailbox of another.
const MOST_AN_HOUR: i64 = 3;
const HOUR: Duration = Duration::from_hours(1);

/// Its subject is the request.
pub(in crate::accounts) const RESET: Template =
    Template { name: "reset", compose: |app, mail| Box::pin(async move { compose(&app, &mail).await }) };

/// Asks for the mail, for an address without an account too.
pub(super) async fn post(
    work: &mut Work,
    context: &RequestContext,
    request: &RequestId,
) -> Result<(), DbError> {
    let (detail, locale) = (context.device().to_text(), context.locale());
    let (template, subject, detail) = (RESET.name, request.as_str(), detail.as_str());
    let order = Order { template, account_id: None, subject, detail, locale };
    mail::post(work, context.app(), order).await
}

/// Nothing for nobody's request, for one that has ended, for an account that was sent enough, and where an administrator
/// has changed the address since the owner was last here.
async fn compose(app: &App, mail: &Queued) -> Result<Option<Letter>, Problem> {
    let (Some(id), now) = (RequestId::parse(&mail.subject), app.clock.now()) else { return Ok(None) };
    let Some(owner) = store::owner(&app.db, &id, now).await? else { return Ok(None) };
    if !accounts::has_own_address(&app.db, &owner).await? {
        return Ok(None);
    }
    let Some(to) = accounts::recipient(&app.db, &owner, mail.locale).await? else { return Ok(None) };
    let mut work = Work::begin(&app.db, Duty::Mail).await?;
    if mail::sent_since(&mut work, mail, &owner, now.minus(HOUR)).await? >= MOST_AN_HOUR {
        return Ok(None);
    }
    mail::address_to(&mut work, mail, &owner).await?;
    let code = links::make_mailed(&mut work, app, &owner).await?;
    work.commit(Act::on_account("reset-link-mailed", &owner)).await?;
    let locale = to.locale;
    let device = Device::from_text(&mail.detail).words(locale);
    let asked = [("time", wording::stamp(mail.created_at).into()), ("device", device.into())];
    let letter = Letter::new(to, locale.t("mail-reset-title"))
        .say(locale.t_args("mail-reset-text", &asked))
        .link(app, locale.t("mail-reset-link"), &links::password_path(&code))
        .say(locale.t("mail-reset-once"))
        .say(locale.t("mail-reset-not-you"));
    Ok(Some(letter))
}
