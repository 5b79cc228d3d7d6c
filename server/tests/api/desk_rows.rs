//! The lines of the list are what they repeat, whatever happens in whatever order.

use std::fmt::Write as _;
use std::time::Duration;

use oxi_server::desk::rebuild;
use sqlx::Row as _;

use crate::analyses::renew;
use crate::nights::{made_up, store};
use crate::recordings::change;
use crate::support::client::Client;
use crate::support::{PASSWORD, Server};

const TEXTS: [&str; 7] =
    ["recording_id", "clinic_id", "owner_id", "device", "patient_id", "patient_label", "search"];
const NUMBERS: [&str; 7] = [
    "uploaded_at",
    "links_end_at",
    "starts_at",
    "recording_s",
    "algorithm_revision",
    "reader_revision",
    "layout",
];
const SMALL: [&str; 6] =
    ["has_links", "min_pct", "is_short", "is_below_range", "has_notices", "is_too_coarse"];
const FRACTIONS: [&str; 4] = ["odi3_per_h", "odi4_per_h", "below_90_pct", "below_90_pct_with_below_range"];

/// Every line with every column.
async fn lines(server: &Server) -> Vec<String> {
    let query = sqlx::query("SELECT * FROM desk_rows ORDER BY recording_id");
    let rows = query.fetch_all(server.app.db.read()).await.unwrap();
    let line = |row: &sqlx::any::AnyRow| {
        let mut line = String::new();
        for name in TEXTS {
            write!(line, "{name}={:?} ", row.get::<Option<String>, _>(name)).unwrap();
        }
        for name in NUMBERS {
            write!(line, "{name}={:?} ", row.get::<Option<i64>, _>(name)).unwrap();
        }
        for name in SMALL {
            write!(line, "{name}={:?} ", row.get::<Option<i32>, _>(name)).unwrap();
        }
        for name in FRACTIONS {
            write!(line, "{name}={:?} ", row.get::<Option<f64>, _>(name)).unwrap();
        }
        write!(line, "strip={:?}", row.get::<Option<Vec<u8>>, _>("strip")).unwrap();
        line
    };
    rows.iter().map(line).collect()
}

async fn forget_lines(server: &Server) {
    server.change(sqlx::query("DELETE FROM desk_rows")).await;
}

async fn assert_rebuilt_alike(server: &Server, what: &str) {
    let patched = lines(server).await;
    forget_lines(server).await;
    assert_eq!(rebuild(&server.app).await.unwrap(), patched.len() as u64, "{what}");
    assert_eq!(lines(server).await, patched, "{what}");
}

/// A number below `below` that looks like chance; the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}

/// A doctor who does this and that.
struct Play<'s> {
    server: &'s Server,
    doctor: Client,
    chance: Chance,
    nights: Vec<String>,
    day: u32,
}

impl Play<'_> {
    /// Does one thing, and says what.
    async fn act(&mut self) -> &'static str {
        let chosen =
            (!self.nights.is_empty()).then(|| self.nights[self.chance.below(self.nights.len())].clone());
        match (self.chance.below(8), chosen) {
            (0 | 1, _) | (_, None) if self.day < 28 => self.upload().await,
            (2 | 3, Some(night)) => self.link(&night).await,
            (4, Some(night)) => self.revoke(&night).await,
            (5, Some(night)) => self.give(&night).await,
            (6, Some(night)) if self.nights.len() > 3 => self.delete(&night).await,
            _ => {
                self.server.wait(Duration::from_hours(24 * 3));
                self.doctor.sign_in("ana@clinica.ro", PASSWORD).await;
                "time passed"
            }
        }
    }

    async fn upload(&mut self) -> &'static str {
        self.day += 1;
        let names = ["Checkme O2 1001_20260102235930.csv", "Ștefan.csv", "night.csv"];
        let name = names[self.chance.below(names.len())];
        self.nights.push(store(&self.doctor, name, &made_up(self.day)).await);
        "a night came in"
    }

    async fn link(&mut self, night: &str) -> &'static str {
        let label = ["", "P17", "Știrbu ÎNALT"][self.chance.below(3)];
        let lifetime = ["", "7", "30"][self.chance.below(3)];
        let made =
            self.doctor.post(&format!("{night}/links"), &[("note", label), ("lifetime", lifetime)]).await;
        assert_eq!(made.status, 201, "{}", made.text());
        "a link was made"
    }

    async fn revoke(&mut self, night: &str) -> &'static str {
        let page = self.doctor.get(night).await.text();
        let links: Vec<_> =
            page.split("action=\"/links/").skip(1).map(|rest| rest.split('/').next().unwrap()).collect();
        if links.is_empty() {
            return "nothing to revoke";
        }
        let link = links[self.chance.below(links.len())];
        assert_eq!(self.doctor.post(&format!("/links/{link}/revoke"), &[]).await.status, 303);
        "a link was revoked"
    }

    async fn give(&mut self, night: &str) -> &'static str {
        let page = self.doctor.get(night).await.text();
        let list =
            page.split("name=\"patient\"").nth(1).unwrap_or_default().split("</select>").next().unwrap();
        let patients: Vec<_> =
            list.split("<option value=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        if patients.is_empty() {
            return "nobody to give a night to";
        }
        let patient = patients[self.chance.below(patients.len())];
        let given = self.doctor.post(&format!("{night}/patient"), &[("patient", patient)]).await;
        assert_eq!(given.status, 303, "{}", given.text());
        "a night was given"
    }

    async fn delete(&mut self, night: &str) -> &'static str {
        assert_eq!(self.doctor.post(&format!("{night}/delete"), &[]).await.status, 303);
        self.nights.retain(|known| known != night);
        "a night was deleted"
    }
}

behaviours! {
    async fn lines_patched_by_any_series_of_changes_are_those_made_anew(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let mut play = Play { server: &server, doctor, chance: Chance(17), nights: Vec::new(), day: 0 };
        let mut done = std::collections::BTreeMap::new();
        for turn in 0..60 {
            let what = play.act().await;
            *done.entry(what).or_insert(0) += 1;
            assert_eq!(lines(&server).await.len(), play.nights.len(), "{what}");
            if turn % 6 == 5 {
                assert_rebuilt_alike(&server, &format!("turn {turn}: {what}, after {done:?}")).await;
            }
        }
        for what in ["a night came in", "a link was made", "a link was revoked", "a night was given", "a night was deleted"] {
            assert!(done.get(what).is_some_and(|times| *times > 1), "{what}: {done:?}");
        }
    }

    async fn a_database_of_before_shows_the_same_list_at_once_and_all_of_it_after_the_first_renewal(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        for day in 1..=3 {
            let address = store(&doctor, "Checkme O2 1001_20260102235930.csv", &made_up(day)).await;
            doctor.post(&format!("{address}/links"), &[("note", "P17"), ("lifetime", "7")]).await;
        }
        // Of what flags a night only T90 is known before it is analysed anew.
        let is_of_flags = |line: &str| line.contains("<td><span class=\"mark-warning\">") || line.trim() == "<td></td>";
        let without_token = |page: crate::support::client::Answer| {
            let token = page.between("name=\"csrf\" value=\"", "\"");
            let text = page.text().replace(&token, "");
            text.lines().filter(|line| !is_of_flags(line)).collect::<Vec<_>>().join("\n")
        };
        let (before, page) = (lines(&server).await, without_token(doctor.get("/recordings").await));
        forget_lines(&server).await;
        for sql in ["DELETE FROM analyses", "UPDATE recordings SET blob_key = NULL"] {
            server.change(sqlx::query(sql)).await;
        }
        assert_eq!(rebuild(&server.app).await.unwrap(), 3);
        assert_eq!(without_token(doctor.get("/recordings").await), page);
        assert!(lines(&server).await.iter().all(|line| line.ends_with("strip=None")));
        assert_eq!(renew(&server.app).await, 3);
        assert_eq!(lines(&server).await, before);
        assert_eq!(rebuild(&server.app).await.unwrap(), 0);
    }

    async fn a_night_and_its_patient_are_found_without_diacritics(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "Noapte Șapte.csv", &made_up(2)).await;
        doctor.post(&format!("{address}/links"), &[("note", "Știrbu Î."), ("lifetime", "")]).await;
        let search: String = sqlx::query_scalar("SELECT search FROM desk_rows").fetch_one(server.app.db.read()).await.unwrap();
        assert_eq!(search, "noapte sapte.csv stirbu i. p-0001");
    }

    async fn a_recording_that_is_not_ready_has_no_line(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", &made_up(2)).await;
        change(&server, &address, "UPDATE recordings SET state = 'pending' WHERE id = $1").await;
        forget_lines(&server).await;
        assert_eq!(rebuild(&server.app).await.unwrap(), 0);
        store(&doctor, "a.csv", &made_up(2)).await;
        assert_eq!(lines(&server).await.len(), 1);
    }
}
