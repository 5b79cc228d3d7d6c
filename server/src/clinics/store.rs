//! The tables `clinics` and `memberships`. Nothing else names them.

use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};

use super::invitations::{Answered, Invitation};
use super::members::{ClinicPerson, Membership};
use super::model::{DecidedApart, FlagLimits, Phone, Settings, Usage};
use super::row::{decided_apart, flags_of, impossible, membership, settings_of, standing, text_of};
use super::scope::{ClinicAdmin, Doctor, Member};
use crate::accounts::{AdministeredAccount, Unsettled};
use crate::http::identity::{ClinicRole, Identity, Standing};
use crate::i18n::Locale;
use crate::ids::{AccountId, ClinicId};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};

/// What the account is in each clinic it works in, oldest first.
pub(super) async fn standings(db: &Db, who: &Identity) -> Result<Vec<Standing>, DbError> {
    let query = sqlx::query(
        "SELECT c.id, c.name, c.is_shared, c.asks_second_factor, m.role FROM memberships m JOIN clinics c ON c.id = m.clinic_id \
         WHERE m.account_id = $1 AND m.is_enabled = 1 ORDER BY m.joined_at, c.id",
    );
    query.bind(who.account_id.as_str()).fetch_all(db.read()).await?.iter().map(standing).collect()
}

/// The clinics that let administrators of the platform in at `now`.
pub(super) async fn open_to_guests(db: &Db, now: Timestamp) -> Result<Vec<Standing>, DbError> {
    let query = sqlx::query("SELECT id, name FROM clinics WHERE let_in_until > $1 ORDER BY name, id");
    let guest = |row: &AnyRow| {
        let (clinic_id, clinic) = (row.try_get("id")?, row.try_get("name")?);
        let role = ClinicRole::Guest;
        Ok(Standing { clinic_id, clinic, role, asks_second_factor: false, is_shared: false })
    };
    query.bind(now.as_millis()).fetch_all(db.read()).await?.iter().map(guest).collect()
}

/// Whether the account works in the clinic: whoever does not has no open links there.
///
/// # Errors
/// When the database fails.
pub async fn is_at_work(db: &Db, clinic: &ClinicId, account: &AccountId) -> Result<bool, DbError> {
    let query = sqlx::query_scalar(
        "SELECT COUNT(*) FROM memberships WHERE account_id = $1 AND clinic_id = $2 AND is_enabled = 1",
    );
    let count: i64 = query.bind(account.as_str()).bind(clinic.as_str()).fetch_one(db.read()).await?;
    Ok(count > 0)
}

/// Name and telephone number of a clinic, for its patients.
///
/// # Errors
/// When the database fails.
pub async fn contact(db: &Db, id: &ClinicId) -> Result<Option<(String, Option<String>)>, DbError> {
    let query = sqlx::query_as("SELECT name, phone FROM clinics WHERE id = $1").bind(id.as_str());
    query.fetch_optional(db.read()).await
}

/// How many work in each clinic, by its name.
///
/// # Errors
/// When the database fails.
pub async fn usage(db: &Db) -> Result<Vec<Usage>, DbError> {
    let query = sqlx::query(
        "SELECT c.id, c.name, (SELECT COUNT(*) FROM memberships m WHERE m.clinic_id = c.id AND m.is_enabled = 1) \
         AS people FROM clinics c ORDER BY LOWER(c.name), c.id",
    );
    let line = |row: &AnyRow| {
        Ok(Usage { id: row.try_get("id")?, name: row.try_get("name")?, people: row.try_get("people")? })
    };
    query.fetch_all(db.read()).await?.iter().map(line).collect()
}

/// Whether there is no clinic yet.
pub(super) async fn is_empty(work: &mut Transaction<'static, Any>) -> Result<bool, DbError> {
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM clinics").fetch_one(&mut **work).await?;
    Ok(count == 0)
}

/// Founds the clinic of one account, which has its identifier and its name.
pub(super) async fn found(
    work: &mut Transaction<'static, Any>,
    owner: &Unsettled,
    now: Timestamp,
) -> Result<(), DbError> {
    let (id, locale) = (owner.id.as_str(), owner.locale.unwrap_or(Locale::Ro));
    let query = sqlx::query(
        "INSERT INTO clinics (id, name, time_zone, locale, is_shared, flag_t90_pct, flag_short_h, flag_signal_pct, \
         flag_pulse_low, flag_pulse_high, flag_odi4_per_h, patients_counted, created_at) \
         VALUES ($1, $2, 'Europe/Bucharest', $3, 0, $4, $5, $6, $7, $8, $9, 0, $10) ON CONFLICT (id) DO NOTHING",
    );
    let query = query.bind(id).bind(owner.name.as_str()).bind(locale.tag());
    bind_flags(query, &FlagLimits::USUAL).bind(now.as_millis()).execute(&mut **work).await?;
    let query = sqlx::query(
        "INSERT INTO memberships (account_id, clinic_id, role, joined_at) VALUES ($1, $1, 'clinic_admin', $2) \
         ON CONFLICT (account_id, clinic_id) DO NOTHING",
    );
    query.bind(id).bind(now.as_millis()).execute(&mut **work).await.map(drop)
}

/// What the clinic has decided.
pub(super) async fn settings(db: &Db, admin: &ClinicAdmin) -> Result<(Settings, DecidedApart), DbError> {
    let query = sqlx::query(
        "SELECT name, phone, time_zone, locale, is_shared, keeps_links, flag_t90_pct, flag_short_h, flag_signal_pct, \
         flag_pulse_low, flag_pulse_high, flag_odi4_per_h, let_in_until FROM clinics WHERE id = $1",
    );
    let row = query.bind(admin.clinic_id().as_str()).fetch_one(db.read()).await?;
    Ok((settings_of(&row)?, decided_apart(&row)?))
}

/// From where on the clinic flags a night.
///
/// # Errors
/// When the database fails.
pub async fn flag_limits(db: &Db, reader: &Member) -> Result<FlagLimits, DbError> {
    let query = sqlx::query(
        "SELECT flag_t90_pct, flag_short_h, flag_signal_pct, flag_pulse_low, flag_pulse_high, flag_odi4_per_h \
         FROM clinics WHERE id = $1",
    );
    flags_of(&query.bind(reader.clinic_id().as_str()).fetch_one(db.read()).await?)
}

/// Changes what the clinic has decided.
pub(super) async fn decide(
    work: &mut Transaction<'static, Any>,
    admin: &ClinicAdmin,
    settings: &Settings,
) -> Result<(), DbError> {
    let query = sqlx::query(
        "UPDATE clinics SET flag_t90_pct = $1, flag_short_h = $2, flag_signal_pct = $3, flag_pulse_low = $4, \
         flag_pulse_high = $5, flag_odi4_per_h = $6, name = $7, phone = $8, time_zone = $9, locale = $10, \
         is_shared = $11 WHERE id = $12",
    );
    let query = bind_flags(query, &settings.flags).bind(settings.name.as_str());
    let query = query.bind(settings.phone.as_ref().map(Phone::as_str)).bind(settings.time_zone.as_str());
    let query = query.bind(settings.locale.tag()).bind(i32::from(settings.is_shared));
    query.bind(admin.clinic_id().as_str()).execute(&mut **work).await.map(drop)
}

/// Lets administrators of the platform in until a moment, or no longer.
pub(super) async fn let_in(
    work: &mut Transaction<'static, Any>,
    admin: &ClinicAdmin,
    until: Option<Timestamp>,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE clinics SET let_in_until = $2 WHERE id = $1");
    let query = query.bind(admin.clinic_id().as_str()).bind(until.map(Timestamp::as_millis));
    query.execute(&mut **work).await.map(drop)
}

/// Whether the clinic keeps sealed copies of its patients' links; nobody decides otherwise until the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn keeps_links(work: &mut Transaction<'static, Any>, owner: &Doctor) -> Result<bool, DbError> {
    let query = sqlx::query_scalar::<_, i32>(
        "UPDATE clinics SET keeps_links = keeps_links WHERE id = $1 RETURNING keeps_links",
    );
    Ok(query.bind(owner.clinic_id().as_str()).fetch_one(&mut **work).await? != 0)
}

/// Decides [`keeps_links`].
///
/// # Errors
/// When the database fails.
pub async fn keep_links(
    work: &mut Transaction<'static, Any>,
    admin: &ClinicAdmin,
    keeps: bool,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE clinics SET keeps_links = $2 WHERE id = $1");
    let query = query.bind(admin.clinic_id().as_str()).bind(i32::from(keeps));
    query.execute(&mut **work).await.map(drop)
}

/// The clinic's telephone number for patients.
///
/// # Errors
/// When the database fails.
pub async fn phone(db: &Db, reader: &Member) -> Result<Option<String>, DbError> {
    let query = sqlx::query_scalar("SELECT phone FROM clinics WHERE id = $1");
    query.bind(reader.clinic_id().as_str()).fetch_one(db.read()).await
}

/// The next number of a patient in the clinic, given to nobody else.
///
/// # Errors
/// When the database fails.
pub async fn next_patient_number(
    work: &mut Transaction<'static, Any>,
    owner: &Doctor,
) -> Result<i64, DbError> {
    count_on(work, owner.clinic_id()).await
}

async fn count_on(work: &mut Transaction<'static, Any>, clinic: &ClinicId) -> Result<i64, DbError> {
    let query = sqlx::query_scalar(
        "UPDATE clinics SET patients_counted = patients_counted + 1 WHERE id = $1 RETURNING patients_counted",
    );
    query.bind(clinic.as_str()).fetch_one(&mut **work).await
}

/// [`next_patient_number`] in the clinic that has the identifier of an account.
///
/// # Errors
/// When the database fails, or there is no such clinic.
pub async fn next_number_at_home(
    work: &mut Transaction<'static, Any>,
    account: &AccountId,
) -> Result<i64, DbError> {
    let home = ClinicId::parse(account.as_str()).ok_or_else(|| impossible("id"))?;
    count_on(work, &home).await
}

/// The number that [`next_patient_number`] would give now.
///
/// # Errors
/// When the database fails.
pub async fn proposed_patient_number(db: &Db, reader: &Member) -> Result<i64, DbError> {
    let query = sqlx::query_scalar("SELECT patients_counted + 1 FROM clinics WHERE id = $1");
    query.bind(reader.clinic_id().as_str()).fetch_one(db.read()).await
}

type AnyQuery<'q> = sqlx::query::Query<'q, Any, sqlx::any::AnyArguments>;

/// Appends six values in the order of the table.
fn bind_flags<'q>(query: AnyQuery<'q>, flags: &FlagLimits) -> AnyQuery<'q> {
    flags.values().into_iter().fold(query, |query, limit| query.bind(i64::from(limit)))
}

/// Everybody who has a place in the clinic.
///
/// # Errors
/// When the database fails.
pub async fn members(db: &Db, admin: &ClinicAdmin) -> Result<Vec<Membership>, DbError> {
    let query = sqlx::query("SELECT account_id, role, is_enabled FROM memberships WHERE clinic_id = $1");
    query.bind(admin.clinic_id().as_str()).fetch_all(db.read()).await?.iter().map(membership).collect()
}

/// The place of an account in the clinic.
pub(super) async fn member(
    db: &Db,
    admin: &ClinicAdmin,
    account: &AccountId,
) -> Result<Option<Membership>, DbError> {
    let query = sqlx::query(
        "SELECT account_id, role, is_enabled FROM memberships WHERE clinic_id = $1 AND account_id = $2",
    );
    let query = query.bind(admin.clinic_id().as_str()).bind(account.as_str());
    query.fetch_optional(db.read()).await?.as_ref().map(membership).transpose()
}

/// The name of the clinic that invites.
pub(super) async fn name(db: &Db, invitation: &Invitation) -> Result<String, DbError> {
    let query =
        sqlx::query_scalar("SELECT name FROM clinics WHERE id = $1").bind(invitation.clinic_id.as_str());
    query.fetch_one(db.read()).await
}

/// Whether an account has a place in the clinic, as the transaction sees it.
pub(super) async fn has_place(
    work: &mut Transaction<'static, Any>,
    admin: &ClinicAdmin,
    account: &AccountId,
) -> Result<bool, DbError> {
    let query =
        sqlx::query_scalar("SELECT COUNT(*) FROM memberships WHERE clinic_id = $1 AND account_id = $2");
    let query = query.bind(admin.clinic_id().as_str()).bind(account.as_str());
    let count: i64 = query.fetch_one(&mut **work).await?;
    Ok(count > 0)
}

/// Gives whoever has accepted an invitation a place in the clinic; one that they have stays as it is.
pub(super) async fn add_member(
    work: &mut Transaction<'static, Any>,
    accepted: &Answered,
    account: &AccountId,
    now: Timestamp,
) -> Result<(), DbError> {
    let query = sqlx::query(
        "INSERT INTO memberships (account_id, clinic_id, role, joined_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (account_id, clinic_id) DO NOTHING",
    );
    let query = query.bind(account.as_str()).bind(accepted.clinic_id.as_str()).bind(text_of(accepted.role));
    query.bind(now.as_millis()).execute(&mut **work).await.map(drop)
}

/// Says what somebody is in the clinic.
pub(super) async fn set_role(
    work: &mut Transaction<'static, Any>,
    whose: &ClinicPerson,
    role: ClinicRole,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE memberships SET role = $3 WHERE clinic_id = $1 AND account_id = $2");
    let query = query.bind(whose.admin().clinic_id().as_str()).bind(whose.person().id().as_str());
    let query = query.bind(text_of(role));
    query.execute(&mut **work).await.map(drop)
}

/// Says whether somebody may work in the clinic.
pub(super) async fn set_enabled(
    work: &mut Transaction<'static, Any>,
    whose: &ClinicPerson,
    is_enabled: bool,
) -> Result<(), DbError> {
    let query =
        sqlx::query("UPDATE memberships SET is_enabled = $3 WHERE clinic_id = $1 AND account_id = $2");
    let query = query.bind(whose.admin().clinic_id().as_str()).bind(whose.person().id().as_str());
    let query = query.bind(i32::from(is_enabled));
    query.execute(&mut **work).await.map(drop)
}

/// Takes somebody's place in the clinic away.
pub(super) async fn remove_member(
    work: &mut Transaction<'static, Any>,
    whose: &ClinicPerson,
) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM memberships WHERE clinic_id = $1 AND account_id = $2");
    let query = query.bind(whose.admin().clinic_id().as_str()).bind(whose.person().id().as_str());
    query.execute(&mut **work).await.map(drop)
}

/// Who administers the clinic and may work there.
pub(super) async fn administrators(
    work: &mut Transaction<'static, Any>,
    clinic: &ClinicId,
) -> Result<Vec<AccountId>, DbError> {
    let query = sqlx::query_scalar(
        "SELECT account_id FROM memberships WHERE clinic_id = $1 AND is_enabled = 1 AND role = 'clinic_admin'",
    );
    query.bind(clinic.as_str()).fetch_all(&mut **work).await
}

/// Who may work in the clinic.
pub(super) async fn at_work(
    work: &mut Transaction<'static, Any>,
    clinic: &ClinicId,
) -> Result<Vec<AccountId>, DbError> {
    let query =
        sqlx::query_scalar("SELECT account_id FROM memberships WHERE clinic_id = $1 AND is_enabled = 1");
    query.bind(clinic.as_str()).fetch_all(&mut **work).await
}

/// The clinics that an account administers.
pub(super) async fn administered_by(
    work: &mut Transaction<'static, Any>,
    whose: &AdministeredAccount,
) -> Result<Vec<ClinicId>, DbError> {
    let query = sqlx::query_scalar(
        "SELECT clinic_id FROM memberships WHERE account_id = $1 AND is_enabled = 1 AND role = 'clinic_admin'",
    );
    query.bind(whose.id().as_str()).fetch_all(&mut **work).await
}

/// In how many clinics somebody has a place.
pub(super) async fn count_clinics(
    work: &mut Transaction<'static, Any>,
    whose: &ClinicPerson,
) -> Result<i64, DbError> {
    let query = sqlx::query_scalar("SELECT COUNT(*) FROM memberships WHERE account_id = $1");
    query.bind(whose.person().id().as_str()).fetch_one(&mut **work).await
}

/// Decides whether administrators of the clinic must have a second factor.
pub(super) async fn ask_second_factor(
    work: &mut Transaction<'_, Any>,
    admin: &ClinicAdmin,
    is_asked: bool,
) -> Result<(), DbError> {
    let query = sqlx::query("UPDATE clinics SET asks_second_factor = $2 WHERE id = $1");
    let query = query.bind(admin.clinic_id().as_str()).bind(i64::from(is_asked));
    query.execute(&mut **work).await.map(drop)
}
