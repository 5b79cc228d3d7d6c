//! A job: sends one mail.

use super::model::Queued;
use super::store;
use super::template::Template;
use crate::audit::{Act, Duty, Work};
use crate::error::Problem;
use crate::platform::jobs::Failure;
use crate::platform::mail::NotCarried;
use crate::state::App;

/// The kind of the jobs that send mails; their subject is the mail.
pub const JOB: &str = "mail";

/// Sends a mail of the outbox, which one of the `templates` composes. One that was sent, or whose reason is gone, is not
/// sent.
///
/// # Errors
/// When it was not carried: then the row keeps what the carrier said.
pub async fn send(app: &App, templates: &[&[Template]], id: &str) -> Result<(), Failure> {
    let Some(queued) = store::find_unsent(&app.db, id).await.map_err(Problem::from)? else { return Ok(()) };
    let Some(template) =
        templates.iter().copied().flatten().find(|template| template.name == queued.template)
    else {
        return Err(Failure::new("mail-unknown", format!("nobody composes {:?}", queued.template)));
    };
    let Some(letter) = (template.compose)(app.clone(), queued.clone()).await? else {
        return Ok(drop_it(app, &queued).await?);
    };
    let mail = letter.into_mail(app, &queued).map_err(Problem::internal)?;
    let sent = app.mailer.send(&mail).await;
    note(app, &queued, sent.as_ref().err()).await?;
    Ok(sent?)
}

async fn note(app: &App, queued: &Queued, error: Option<&NotCarried>) -> Result<(), Problem> {
    let mut work = Work::begin(&app.db, Duty::Mail).await?;
    let action = match error {
        None => {
            store::note_sent(&mut work, queued, app.clock.now()).await?;
            "mail-sent"
        }
        Some(error) => {
            store::note_error(&mut work, queued, &error.said).await?;
            "mail-not-sent"
        }
    };
    Ok(work.commit(Act::on_nothing(action)).await?)
}

async fn drop_it(app: &App, queued: &Queued) -> Result<(), Problem> {
    let mut work = Work::begin(&app.db, Duty::Mail).await?;
    store::remove(&mut work, queued).await?;
    Ok(work.commit(Act::on_nothing("mail-dropped")).await?)
}
