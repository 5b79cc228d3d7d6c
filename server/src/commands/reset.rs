//! `oxi admin reset`.

use crate::accounts;
use crate::config::Config;
use crate::error::StartError;
use crate::state::App;
use crate::telemetry::say;

/// Prints a one-time link by which the owner of an address can choose a new password, and removes the second factors of the
/// account if those are lost too.
///
/// # Errors
/// When the database cannot be reached, or no enabled account has the address.
pub async fn reset(config: Config, email: &str, is_factor_lost: bool) -> Result<(), StartError> {
    let app = App::connect(config).await?;
    app.db.migrate().await?;
    let made = make(&app, email, is_factor_lost).await;
    app.db.close().await;
    say(&format!("Link for a new password (works once, for 72 hours): {}", made?));
    Ok(())
}

/// The link last: whoever removes the factors ends what was made before.
async fn make(app: &App, email: &str, is_factor_lost: bool) -> Result<String, StartError> {
    if is_factor_lost {
        accounts::remove_second_factors(app, email).await?;
    }
    accounts::reset_link(app, email).await
}
