//! Every principal at every route: what the table says is what happens, on what exists and on what does not.
//!
//! An action is sent without the token of its form: the guard decides before the form is looked at, so that whoever
//! is admitted is refused for the token alone (403) and nothing changes.

use std::time::Duration;

use axum::http::Method;
use oxi_server::http::routes::{Access, Realm, Role, Route, Scope};
use oxi_server::router::route_table;

use crate::authorisation::{Things, dead_job, erasure, other_session, without_reference};
use crate::clinics::{account_of, colleague, join, leave_home, set_sharing};
use crate::nights::{made_up, store};
use crate::patients::{Link, make_link, patient};
use crate::support::client::{Answer, Client};
use crate::support::{ADMIN_EMAIL, PASSWORD, Server};

/// Somebody who asks, with what this somebody's paths name.
struct Principal {
    who: Who,
    browser: Client,
    things: Things,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Anonymous,
    /// The doctor of the night.
    Owner,
    /// A doctor of the same clinic.
    Colleague,
    /// Administers the clinic.
    Head,
    /// A doctor of another clinic.
    OtherClinicsDoctor,
    /// Administers another clinic.
    OtherClinicsHead,
    /// Works in the clinic and in another, and is in the other now; the paths name what is the own.
    InTheWrongClinic,
    /// Administers a clinic that asks for a second factor, and has none.
    WithoutSecondFactor,
    /// Administers the platform and works in no clinic.
    Administrator,
    /// Administers the platform and has been let in by the clinic.
    Guest,
    DisabledDoctor,
    LinkHolder,
    HolderOfExpiredLink,
    HolderOfRevokedLink,
    HolderOfOtherLink,
    /// With the own link in the path, and another patient's recording.
    HolderOfOtherLinkAtIt,
}

impl Who {
    const fn is_signed_in(self) -> bool {
        self.works() || matches!(self, Self::Administrator | Self::Guest | Self::WithoutSecondFactor)
    }

    /// In some clinic.
    const fn works(self) -> bool {
        matches!(
            self,
            Self::Owner
                | Self::Colleague
                | Self::Head
                | Self::OtherClinicsDoctor
                | Self::OtherClinicsHead
                | Self::InTheWrongClinic
        )
    }

    const fn has(self, role: Role) -> bool {
        match role {
            Role::Any => true,
            Role::Member => self.works() || matches!(self, Self::Guest),
            Role::Doctor => self.works(),
            Role::ClinicAdministrator => matches!(self, Self::Head | Self::OtherClinicsHead),
            Role::Administrator => matches!(self, Self::Administrator | Self::Guest),
        }
    }

    /// Whether something of the clinic exists for this somebody.
    const fn reaches(self, scope: Scope, is_shared: bool) -> bool {
        match scope {
            Scope::Nothing | Scope::Platform => true,
            Scope::Own => matches!(self, Self::Owner),
            Scope::Shared => {
                matches!(self, Self::Owner | Self::Guest)
                    || is_shared && matches!(self, Self::Colleague | Self::Head)
            }
            Scope::Governed => matches!(self, Self::Owner | Self::Head),
            Scope::Clinic => matches!(self, Self::Head),
        }
    }
}

/// What the table promises: `None` for whoever is admitted, else the status of the refusal.
fn refusal(route: &Route, who: Who, exists: bool, is_shared: bool) -> Option<u16> {
    let Access { realm, role, scope, is_stepped_up } = route.access;
    let is_holder = match who {
        Who::LinkHolder => true,
        Who::HolderOfOtherLinkAtIt => !route.path.contains("{rid}"),
        _ => false,
    };
    match realm {
        Realm::Open | Realm::Visitor => None,
        Realm::Account if !who.is_signed_in() => Some(401),
        Realm::Account if who == Who::WithoutSecondFactor && !leads_to_second_factor(route.path) => Some(401),
        Realm::Account if !who.has(role) || !who.reaches(scope, is_shared) => Some(404),
        Realm::Account if !exists && scope != Scope::Nothing => Some(404),
        // Everybody signed in hours ago.
        Realm::Account if is_stepped_up => Some(401),
        Realm::Link if !is_holder || !exists => Some(404),
        Realm::Account | Realm::Link => None,
    }
}

/// All that an administrator without the second factor that is asked for reaches.
fn leads_to_second_factor(path: &str) -> bool {
    path.starts_with("/account/confirm") || path.starts_with("/account/second-factor")
}

async fn ask(client: &Client, route: &Route, things: &Things) -> Answer {
    let request =
        client.request(route.method.clone(), &things.path(route)).header("accept", "application/json");
    client.send(if route.method == Method::POST { request.form(&[("x", "y")]) } else { request }).await
}

/// What is the same for everybody who may not know that something is there.
fn alike(refused: &Answer, unknown: &Answer) -> bool {
    without_reference(refused) == without_reference(unknown)
}

async fn walk(principals: &[Principal], is_shared: bool) {
    for route in route_table() {
        for Principal { who, browser, things } in principals {
            let real = ask(browser, route, things).await;
            let unknown = ask(browser, route, &Things::unknown()).await;
            for (answer, exists) in [(&real, true), (&unknown, false)] {
                let place =
                    format!("{route}, {who:?}, exists {exists}, shared {is_shared}: {}", answer.status);
                assert!(answer.status < 500, "{place}");
                match refusal(route, *who, exists, is_shared) {
                    Some(status) => assert_eq!(answer.status, status, "{place}"),
                    None if route.access.is_for_anybody() => {}
                    None if exists => assert!(!matches!(answer.status, 401 | 404), "{place}"),
                    None => {}
                }
            }
            if real.status == 404 && unknown.status == 404 {
                assert!(alike(&real, &unknown), "{route}, {who:?} tells what exists");
            }
        }
    }
}

const OWNER: &str = "ana@clinica.ro";
const HEAD: &str = "sef@clinica.ro";

/// Everybody who works in a clinic, or in another: the doctor of the night, colleagues and strangers.
struct Staff {
    owner: Client,
    head: Client,
    colleague: Client,
    other: Client,
    other_head: Client,
    both: Client,
    disabled: Client,
}

async fn staff(server: &Server, admin: &Client) -> Staff {
    let head = server.doctor_made_by(admin, HEAD).await;
    let other_head = server.doctor_made_by(admin, "alt-sef@clinica.ro").await;
    let clinic = account_of(server, HEAD).await;
    let other_clinic = account_of(server, "alt-sef@clinica.ro").await;
    let both = colleague(server, admin, "doi@clinica.ro", &clinic).await;
    join(server, "doi@clinica.ro", &other_clinic).await;
    Staff {
        owner: colleague(server, admin, OWNER, &clinic).await,
        colleague: colleague(server, admin, "coleg@clinica.ro", &clinic).await,
        other: colleague(server, admin, "bogdan@clinica.ro", &other_clinic).await,
        disabled: colleague(server, admin, "corina@clinica.ro", &clinic).await,
        head,
        other_head,
        both,
    }
}

impl Staff {
    /// After a time in which sessions end.
    async fn sign_in_again(&self) {
        for (browser, email) in [
            (&self.owner, OWNER),
            (&self.head, HEAD),
            (&self.colleague, "coleg@clinica.ro"),
            (&self.other, "bogdan@clinica.ro"),
            (&self.other_head, "alt-sef@clinica.ro"),
            (&self.both, "doi@clinica.ro"),
            (&self.disabled, "corina@clinica.ro"),
        ] {
            browser.sign_in(email, PASSWORD).await;
        }
    }
}

/// The identifier of the patient whose night this is.
async fn patient_of(server: &Server, recording: &str) -> String {
    let id = recording.rsplit('/').next().unwrap();
    let query = sqlx::query_scalar("SELECT patient_id FROM recordings WHERE id = $1").bind(id);
    query.fetch_one(server.app.db.read()).await.unwrap()
}

/// A night with an open link: what the paths of most principals name.
async fn things(
    server: &Server,
    recording: &str,
    link: &Link,
    account: &str,
    (request, session): (&str, &str),
) -> Things {
    Things {
        recording: recording.rsplit('/').next().unwrap().to_owned(),
        patient: patient_of(server, recording).await,
        link: link.id().to_owned(),
        account: account.to_owned(),
        request: request.to_owned(),
        session: session.to_owned(),
        job: "analysis_1".to_owned(),
        erasure: format!("erasure-{account}"),
        secret: String::new(),
    }
}

/// Everybody there is, around one doctor's recording and its links.
async fn everybody(server: &Server) -> Vec<Principal> {
    let admin = server.admin().await;
    dead_job(server).await;
    admin.post("/admin/users", &[("email", "gazda@clinica.ro"), ("name", "G"), ("is_admin", "yes")]).await;
    let staff = staff(server, &admin).await;
    let recording = store(&staff.owner, "a.csv", &made_up(2)).await;
    let short = make_link(&staff.owner, &recording, &[("lifetime", "7")]).await;
    server.wait(Duration::from_hours(24 * 7 - 1));
    admin.sign_in(ADMIN_EMAIL, PASSWORD).await;
    staff.sign_in_again().await;
    let account = account_of(server, OWNER).await;
    let session = other_session(server, &staff.owner, OWNER).await;
    server.browser().post("/forgot-password", &[("email", OWNER)]).await;
    let request = admin.get("/admin/users").await.between("/admin/requests/", "/");
    let of_disabled = account_of(server, "corina@clinica.ro").await;
    admin.post(&format!("/admin/users/{of_disabled}/rights"), &[("change", "disable")]).await;

    let valid = make_link(&staff.owner, &recording, &[("lifetime", "30")]).await;
    let revoked = make_link(&staff.owner, &recording, &[("lifetime", "30")]).await;
    let foreign = store(&staff.other, "b.csv", &made_up(3)).await;
    let of_other = make_link(&staff.other, &foreign, &[("lifetime", "30")]).await;
    let clinic = account_of(server, HEAD).await;
    erasure(server, &account, &clinic).await;
    staff.both.post("/clinic/switch", &[("clinic", &clinic)]).await;
    let own = store(&staff.both, "c.csv", &made_up(4)).await;
    let own_link = make_link(&staff.both, &own, &[("lifetime", "30")]).await;
    let other_clinic = account_of(server, "alt-sef@clinica.ro").await;
    staff.both.post("/clinic/switch", &[("clinic", &other_clinic)]).await;
    let strict = server.doctor_made_by(&admin, "strict@clinica.ro").await;
    strict.post("/clinic/people/second-factor", &[("required", "yes")]).await;
    let guest = guest(server, &staff.head, &clinic).await;
    leave_home(server, ADMIN_EMAIL).await;

    let asked = (request.as_str(), session.as_str());
    let at = async |link: &Link| things(server, &recording, link, &account, asked).await;
    let in_both = things(server, &own, &own_link, &account_of(server, "doi@clinica.ro").await, asked).await;
    let holder = async |who, link: &Link, at_link: &Link| Principal {
        who,
        browser: patient(server, link).await,
        things: at(at_link).await,
    };
    let mut principals = vec![
        holder(Who::LinkHolder, &valid, &valid).await,
        holder(Who::HolderOfExpiredLink, &short, &short).await,
        holder(Who::HolderOfRevokedLink, &revoked, &revoked).await,
        holder(Who::HolderOfOtherLinkAtIt, &of_other, &of_other).await,
        holder(Who::HolderOfOtherLink, &of_other, &valid).await,
    ];
    staff.owner.post(&format!("/links/{}/revoke", revoked.id()), &[]).await;
    server.wait(Duration::from_hours(2));
    for (who, browser) in [
        (Who::Anonymous, server.browser()),
        (Who::Owner, staff.owner),
        (Who::Colleague, staff.colleague),
        (Who::Head, staff.head),
        (Who::OtherClinicsDoctor, staff.other),
        (Who::OtherClinicsHead, staff.other_head),
        (Who::Administrator, admin),
        (Who::Guest, guest),
        (Who::DisabledDoctor, staff.disabled),
        (Who::WithoutSecondFactor, strict),
    ] {
        principals.push(Principal { who, browser, things: at(&valid).await });
    }
    principals.push(Principal { who: Who::InTheWrongClinic, browser: staff.both, things: in_both });
    principals
}

/// An administrator of the platform whom the clinic has let in, and who went there.
async fn guest(server: &Server, head: &Client, clinic: &str) -> Client {
    let link = oxi_server::accounts::reset_link(&server.app, "gazda@clinica.ro").await.unwrap();
    let guest = server.browser();
    let fields = [("code", link.split('#').nth(1).unwrap()), ("password", PASSWORD)];
    assert_eq!(guest.post("/set-password", &fields).await.status, 303);
    assert_eq!(head.post("/clinic/let-in", &[("hours", "24")]).await.status, 303);
    assert_eq!(guest.post("/clinic/switch", &[("clinic", clinic)]).await.status, 303);
    guest
}

fn browser_of(principals: &[Principal], who: Who) -> &Principal {
    principals.iter().find(|principal| principal.who == who).unwrap()
}

behaviours! {
    async fn no_question_waits_for_a_writer(server: Server) {
        let principals = everybody(&server).await;
        let owner = principals.iter().find(|principal| principal.who == Who::Owner).unwrap();
        assert_eq!(owner.browser.get("/recordings").await.status, 200, "the session is noted as used");
        for night in [format!("/recordings/{}", owner.things.recording), format!("/patients/{}", owner.things.patient)] {
            assert_eq!(owner.browser.get(&night).await.status, 200, "its opening is kept for this hour");
        }
        let mut writer = server.work().await;
        sqlx::query("UPDATE platform_locks SET taken = taken + 1").execute(&mut **writer).await.unwrap();
        let is_question = |route: &&Route| {
            route.method == Method::GET && route.access.realm == Realm::Account && !route.access.is_stepped_up && Who::Owner.has(route.access.role) && Who::Owner.reaches(route.access.scope, false)
        };
        for route in route_table().iter().filter(is_question) {
            let answer = ask(&owner.browser, route, &owner.things).await;
            assert_eq!(answer.status, 200, "{route}");
        }
    }

    async fn every_principal_is_admitted_and_refused_as_the_table_says(server: Server) {
        let principals = everybody(&server).await;
        walk(&principals, false).await;
        set_sharing(&browser_of(&principals, Who::Head).browser, "shared").await;
        walk(&principals, true).await;
        let owner = browser_of(&principals, Who::Owner);
        assert_eq!(owner.browser.get(&format!("/recordings/{}", owner.things.recording)).await.status, 200);
    }
}
