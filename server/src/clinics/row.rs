//! From rows of the tables to what they say.

use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::members::Membership;
use super::model::{ClinicName, DecidedApart, FlagLimits, Phone, Settings};
use crate::http::identity::{ClinicRole, Standing};
use crate::i18n::Locale;
use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;

pub(super) fn standing(row: &AnyRow) -> Result<Standing, DbError> {
    Ok(Standing {
        clinic_id: row.try_get("id")?,
        clinic: row.try_get("name")?,
        role: role(row.try_get("role")?)?,
        asks_second_factor: row.try_get::<i32, _>("asks_second_factor")? != 0,
        is_shared: row.try_get::<i32, _>("is_shared")? != 0,
    })
}

pub(super) fn settings_of(row: &AnyRow) -> Result<Settings, DbError> {
    let phone: Option<String> = row.try_get("phone")?;
    Ok(Settings {
        name: ClinicName::parse(row.try_get("name")?).ok_or_else(|| impossible("name"))?,
        phone: phone.as_deref().and_then(Phone::parse),
        time_zone: row.try_get("time_zone")?,
        locale: Locale::from_tag(row.try_get("locale")?).ok_or_else(|| impossible("locale"))?,
        is_shared: row.try_get::<i32, _>("is_shared")? != 0,
        flags: flags_of(row)?,
    })
}

/// What stands beside [`settings_of`] in the same row.
pub(super) fn decided_apart(row: &AnyRow) -> Result<DecidedApart, DbError> {
    let let_in_until: Option<i64> = row.try_get("let_in_until")?;
    Ok(DecidedApart {
        keeps_links: row.try_get::<i32, _>("keeps_links")? != 0,
        let_in_until: let_in_until.map(Timestamp::from_millis),
    })
}

pub(super) fn flags_of(row: &AnyRow) -> Result<FlagLimits, DbError> {
    Ok(FlagLimits {
        t90_pct: limit(row, "flag_t90_pct")?,
        short_h: limit(row, "flag_short_h")?,
        signal_pct: limit(row, "flag_signal_pct")?,
        pulse_low: limit(row, "flag_pulse_low")?,
        pulse_high: limit(row, "flag_pulse_high")?,
        odi4_per_h: limit(row, "flag_odi4_per_h")?,
    })
}

fn limit(row: &AnyRow, column: &'static str) -> Result<u32, DbError> {
    u32::try_from(row.try_get::<i64, _>(column)?).map_err(|_| impossible(column))
}

/// The role that stands in a row.
pub(super) fn role(text: &str) -> Result<ClinicRole, DbError> {
    match text {
        "doctor" => Ok(ClinicRole::Doctor),
        "clinic_admin" => Ok(ClinicRole::Administrator),
        _ => Err(impossible("role")),
    }
}

pub(super) fn impossible(column: &str) -> DbError {
    DbError::Decode(format!("a clinic has an impossible {column}").into())
}

/// How a role stands in a row.
pub(super) fn text_of(role: ClinicRole) -> &'static str {
    match role {
        ClinicRole::Administrator => "clinic_admin",
        ClinicRole::Doctor | ClinicRole::Guest => "doctor",
    }
}

pub(super) fn membership(row: &AnyRow) -> Result<Membership, DbError> {
    let is_enabled = row.try_get::<i32, _>("is_enabled")? != 0;
    Ok(Membership { account_id: row.try_get("account_id")?, role: role(row.try_get("role")?)?, is_enabled })
}
