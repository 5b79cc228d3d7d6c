//! The outbox: mails that are to be sent, each asked for in the transaction that gives the reason for it, and sent by a
//! job.
//!
//! A row says which mail, whom it is for and what it is about, never what it says: a [`Template`] composes it when it is
//! sent, from what holds then, and a reason that is gone by then (an invitation that was answered, an account that is
//! disabled) makes no mail. A link that lets in gets its secret at that moment too; only its hash is stored.
//!
//! **Once.** The identifier of the row goes along as `Message-ID` and, with Brevo, as the key by which it knows a mail
//! again. So a mail whose worker died after handing it over and before noting so is not delivered twice by Brevo within
//! a quarter of an hour; by a mail server it may be. Each attempt makes another secret and cannot know which of them
//! arrived, therefore **all of one mail's secrets work** until one of them is used or their time is over. One that was
//! never delivered is known to nobody.

mod letter;
mod model;
mod send;
mod store;
mod template;

use sqlx::{Any, Transaction};

use crate::platform::db::DbError;
use crate::platform::jobs;
use crate::state::App;

pub use letter::{Letter, Recipient};
pub use model::{MailId, Order, Queued};
pub use send::{JOB, send};
pub use store::{LastSent, address_to, forget, last_sent, sent_since, waiting};
pub use template::{Composing, Template};

/// Puts a mail into the outbox, in the transaction that gives the reason for it. Without a carrier of mails nothing is
/// put there: whoever asks hands over by hand.
///
/// # Errors
/// When the database fails.
pub async fn post(work: &mut Transaction<'_, Any>, app: &App, order: Order<'_>) -> Result<(), DbError> {
    if !app.mailer.is_on() {
        return Ok(());
    }
    let now = app.clock.now();
    let id = MailId::new(app.random.id(now));
    store::insert(work, &id, order, now).await?;
    jobs::enqueue(work, (JOB, id.as_str()), now).await
}
