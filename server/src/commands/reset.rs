//! `oxi admin reset`.

use crate::accounts;
use crate::config::Config;
use crate::error::StartError;
use crate::state::App;
use crate::telemetry::say;

/// Prints a one-time link by which the owner of an address can choose a new password.
///
/// # Errors
/// When the database cannot be reached, or no enabled account has the address.
pub async fn reset(config: Config, email: &str) -> Result<(), StartError> {
    let app = App::connect(config).await?;
    app.db.migrate().await?;
    let made = accounts::reset_link(&app, email).await;
    app.db.close().await;
    say(&format!("Link for a new password (works once, for 72 hours): {}", made?));
    Ok(())
}
