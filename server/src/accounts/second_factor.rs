//! What the owner of an account shows beside the password: one-time codes of an app, and codes on paper for when the
//! phone is lost.
//!
//! An account with a second factor is opened by nothing else: after the right password its browser only waits
//! ([`half`]), and every session of it has been through the second step, because the first factor ends the sessions of
//! before. Whoever changes factors holds the account's row, as whoever signs in does.

mod accept;
mod challenges;
mod changes;
pub(super) mod half;
mod keys_page;
mod manage;
mod passkeys;
mod recovery;
pub(super) mod removal;
pub(super) mod required;
mod seeds;
mod step;
mod totp;

use crate::http::routes::Routes;

pub(super) use accept::{Shown, Ways, accept, ask_for_passkey};
pub(super) use challenges::delete_outlived as delete_outlived_challenges;

pub(super) fn routes() -> Routes {
    Routes::new()
        .merge(step::routes())
        .merge(manage::routes())
        .merge(keys_page::routes())
        .merge(required::routes())
}
