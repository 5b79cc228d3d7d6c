//! What administrators do with accounts: let people in, give new codes, take rights away. They never choose or see a
//! password, and they do not see other doctors' patients.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use sqlx::{Any, Transaction};

use super::access::AdministeredAccount;
use super::links::{self, Purpose};
use super::model::{Account, KnownAccount, NewAccount};
use super::newcomer::Newcomer;
use super::requests::{self, Request, RequestId};
use super::second_factor::required;
use super::sign_up::{self, SignUp};
use super::{renewal, store};
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::auth::{Admin, SteppedUp};
use crate::http::browser::csrf::Form;
use crate::http::browser::once::{FormId, OnlyOnce};
use crate::http::browser::page::{Page, render};
use crate::http::routes::Routes;
use crate::i18n::wording;
use crate::ids::AccountId;
use crate::platform::clock::Timestamp;
use crate::platform::db;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get::<Admin, _>("/admin/users", show)
        .post::<SteppedUp<Admin>, _>("/admin/users", create)
        .post::<SteppedUp<AdministeredAccount>, _>("/admin/users/{id}/code", give_code)
}

#[derive(Template)]
#[template(path = "accounts/users.html")]
struct UsersPage {
    page: Page,
    accounts: Vec<Account>,
    requests: Vec<RequestRow>,
    sign_ups: Vec<SignUp>,
    own_id: KnownAccount,
    new_code: Option<NewCode>,
    links_closed: bool,
    asks_second_factor: bool,
    failure: Option<String>,
}

/// A request for a new password, with whose it is.
struct RequestRow {
    id: RequestId,
    number: String,
    name: String,
    email: String,
    asked_at: Timestamp,
    is_confirmed: bool,
}

impl RequestRow {
    fn new(request: Request, accounts: &[Account]) -> Option<Self> {
        let Request { id, account_id, number, asked_at, is_confirmed, .. } = request;
        let account = accounts.iter().find(|account| Some(&account.id) == account_id.as_ref())?;
        let (name, email) = (account.name.clone(), account.email.clone());
        Some(Self { id, number, name, email, asked_at, is_confirmed })
    }

    fn time(&self) -> String {
        wording::stamp(self.asked_at)
    }
}

/// A code to hand over, shown once.
struct NewCode {
    email: String,
    link: String,
    code: String,
}

#[derive(Deserialize)]
struct ShowQuery {
    #[serde(default, rename = "links-closed")]
    links_closed: Option<String>,
}

async fn show(
    admin: Admin,
    State(app): State<App>,
    page: Page,
    Query(query): Query<ShowQuery>,
) -> Result<Response, Problem> {
    let links_closed = query.links_closed.is_some();
    let shown = UsersPage { links_closed, ..UsersPage::load(&app, page, &admin).await? };
    Ok(render(&shown)?.into_response())
}

impl UsersPage {
    async fn load(app: &App, page: Page, admin: &Admin) -> Result<Self, Problem> {
        let accounts = store::all(&app.db).await?;
        let requests = requests::pending(&app.db, app.clock.now()).await?;
        Ok(Self {
            requests: requests
                .into_iter()
                .filter_map(|request| RequestRow::new(request, &accounts))
                .collect(),
            sign_ups: sign_up::waiting(&app.db, admin, app.clock.now()).await?,
            accounts,
            own_id: admin.into(),
            page,
            new_code: None,
            links_closed: false,
            asks_second_factor: required::is_required(&app.db).await?,
            failure: None,
        })
    }
}

async fn show_code(app: &App, page: Page, admin: &Admin, code: NewCode) -> Result<Response, Problem> {
    let shown = UsersPage { new_code: Some(code), ..UsersPage::load(app, page, admin).await? };
    Ok(render(&shown)?.into_response())
}

/// The page again with what was wrong, for people; the problem itself for programs.
///
/// # Errors
/// The problem, where no page is wanted.
pub async fn refuse(app: &App, page: Page, admin: &Admin, problem: Problem) -> Result<Response, Problem> {
    let Some(failure) = page.mistake(&problem) else { return Err(problem) };
    let shown = UsersPage { failure: Some(failure), ..UsersPage::load(app, page, admin).await? };
    Ok(problem.shown_on(render(&shown)?))
}

#[derive(Deserialize)]
struct NewUser {
    email: String,
    name: String,
    #[serde(default)]
    is_admin: Option<String>,
    #[serde(default)]
    once: FormId,
}

async fn create(
    admin: SteppedUp<Admin>,
    State(app): State<App>,
    page: Page,
    Form(new): Form<NewUser>,
) -> Result<Response, Problem> {
    match insert(&app, &page, &new).await {
        Ok(code) => show_code(&app, page, &admin, code).await,
        Err(problem) => refuse(&app, page, &admin, problem).await,
    }
}

async fn insert(app: &App, page: &Page, new: &NewUser) -> Result<NewCode, Problem> {
    let Newcomer { name, email } = Newcomer::parse(&new.name, &new.email)?;
    let (id, now) = (AccountId::new(app.random.id(app.clock.now())), app.clock.now());
    let (once, is_admin) = (&new.once, new.is_admin.is_some());
    let new = NewAccount { email, name, is_admin, password_hash: None };
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    once.use_up(app, &mut work).await?;
    let made = store::insert(&mut work, &id, &new, now).await?;
    let id = made.ok_or_else(|| Problem::refused("email-taken"))?;
    let code = new_code(&mut work, app, &id, new.email.as_str()).await?;
    let made = Act::on_account("account-made", &id).of_platform();
    work.commit(if new.is_admin { made.with_detail("administrator") } else { made }).await?;
    Ok(code)
}

async fn new_code(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    account_id: &KnownAccount,
    email: &str,
) -> Result<NewCode, Problem> {
    let code = links::make(transaction, app, Purpose::Password, Some(account_id)).await?;
    let link = links::password_address(app, &code);
    Ok(NewCode { email: email.to_owned(), link, code: code.expose().to_owned() })
}

/// A new code for somebody who lost the first one. Only for an account that nobody has used: with a code for any other
/// the administrator could become its owner, who has to ask in the own browser instead.
async fn give_code(
    given: SteppedUp<AdministeredAccount>,
    State(app): State<App>,
    page: Page,
    Form(OnlyOnce { once }): Form<OnlyOnce>,
) -> Result<Response, Problem> {
    match another_code(&app, &page, &given, &once).await {
        Ok(code) => show_code(&app, page, given.admin(), code).await,
        Err(problem) => refuse(&app, page, given.admin(), problem).await,
    }
}

async fn another_code(
    app: &App,
    page: &Page,
    given: &AdministeredAccount,
    once: &FormId,
) -> Result<NewCode, Problem> {
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    once.use_up(app, &mut work).await?;
    if !store::hold_unused(&mut work, &given.account().id).await? {
        return Err(Problem::refused("code-account-in-use"));
    }
    let code = new_code(&mut work, app, &given.account().id, &given.account().email).await?;
    work.commit(Act::on_account("code-given", given.id()).of_platform()).await?;
    Ok(code)
}

/// What to change: one thing at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Lets the account in again.
    Enable,
    /// Ends every way in.
    Disable,
    /// Makes it an administrator's.
    MakeAdmin,
    /// No longer an administrator's.
    RemoveAdmin,
}

impl Change {
    /// A few words in kebab-case that never change.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enable => "enable",
            Self::Disable => "disable",
            Self::MakeAdmin => "make-admin",
            Self::RemoveAdmin => "remove-admin",
        }
    }
}

/// The last enabled administrator keeps the rights; a disabled account loses every way in at once.
///
/// # Errors
/// 422 for the last administrator of the platform.
pub async fn change_rights(
    transaction: &mut Transaction<'static, Any>,
    whose: &AdministeredAccount,
    change: Change,
) -> Result<(), Problem> {
    db::lock(transaction, store::ADMINISTRATORS).await?;
    let account = store::find_again(transaction, whose).await?.ok_or_else(Problem::not_found)?;
    let takes_rights = matches!(change, Change::Disable | Change::RemoveAdmin);
    let is_last = account.is_admin && store::other_administrators(transaction, whose).await? == 0;
    if takes_rights && is_last {
        return Err(Problem::refused("last-administrator"));
    }
    match change {
        Change::Enable => store::set_enabled(transaction, whose, true).await?,
        Change::Disable => {
            store::set_enabled(transaction, whose, false).await?;
            renewal::end_access(transaction, &whose.account().id).await?;
        }
        Change::MakeAdmin => store::set_admin(transaction, whose, true).await?,
        Change::RemoveAdmin => store::set_admin(transaction, whose, false).await?,
    }
    Ok(())
}
