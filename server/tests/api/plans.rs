//! What the databases do for what people ask: no page reads another clinic's rows on its way.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use sqlx::{AssertSqlSafe, Connection as _, Row as _};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use crate::clinics::{account_of, colleague, set_sharing};
use crate::dates;
use crate::nights::{made_up, store};
use crate::patients::{make_link, patient, shared};
use crate::support::{Backend, Server, acts, database_text};

/// Tables in which other clinics' rows lie.
const TABLES: [&str; 7] =
    ["recordings", "patients", "desk_rows", "patient_links", "patient_visits", "analyses", "memberships"];

/// The statements that this thread sent to PostgreSQL.
#[derive(Clone, Default)]
struct Statements(Arc<Mutex<Vec<String>>>);

impl<S: Subscriber> Layer<S> for Statements {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            let mut statement = Statement::default();
            event.record(&mut statement);
            let text = if statement.whole.is_empty() { statement.summary } else { statement.whole };
            self.0.lock().unwrap().push(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}

#[derive(Default)]
struct Statement {
    summary: String,
    whole: String,
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => self.summary = value.to_owned(),
            "db.statement" => self.whole = value.to_owned(),
            _ => {}
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let mut text = String::new();
        write!(text, "{value:?}").unwrap();
        self.record_str(field, &text);
    }
}

/// Clinics of fifty doctors with two hundred recordings, each of a patient of its own with a link.
const CLINICS: usize = 40;

async fn fill(server: &Server) {
    let numbers = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199)";
    for clinic in 0..CLINICS {
        let c = format!("c{clinic}");
        let doctor = format!("'{c}d' || CAST(i % 50 AS TEXT)");
        for sql in [
            format!(
                "INSERT INTO clinics (id, name, time_zone, locale, is_shared, flag_t90_pct, flag_short_h, flag_signal_pct, flag_pulse_low, flag_pulse_high, flag_odi4_per_h, patients_counted, created_at) VALUES ('{c}', '{c}', 'UTC', 'ro', 0, 30, 4, 90, 50, 120, 5, 200, 0)"
            ),
            format!(
                "{numbers} INSERT INTO accounts (id, email, name, created_at, is_settled) SELECT '{c}d' || CAST(i AS TEXT), '{c}d' || CAST(i AS TEXT), 'D', 0, 1 FROM n WHERE i < 50"
            ),
            format!(
                "{numbers} INSERT INTO memberships (account_id, clinic_id, role, joined_at) SELECT '{c}d' || CAST(i AS TEXT), '{c}', 'doctor', 0 FROM n WHERE i < 50"
            ),
            format!(
                "{numbers} INSERT INTO patients (id, clinic_id, owner_id, code, created_at) SELECT '{c}p' || CAST(i AS TEXT), '{c}', {doctor}, 'P-' || CAST(i AS TEXT), i FROM n"
            ),
            format!(
                "{numbers} INSERT INTO patient_links (id, patient_id, secret_hash, created_at) SELECT '{c}l' || CAST(i AS TEXT), '{c}p' || CAST(i AS TEXT), 'x', i FROM n"
            ),
            format!(
                "{numbers} INSERT INTO patient_visits (token_hash, link_id, expires_at) SELECT '{c}v' || CAST(i AS TEXT), '{c}l' || CAST(i AS TEXT), 9999999999999 FROM n"
            ),
            format!(
                "{numbers} INSERT INTO recordings (id, clinic_id, owner_id, doctor_id, patient_id, state, sha256, file_name, size_bytes, created_at, changed_at, algorithm_revision, format, starts_at, recording_s) SELECT '{c}r' || CAST(i AS TEXT), '{c}', {doctor}, {doctor}, '{c}p' || CAST(i AS TEXT), 'ready', CAST(i AS TEXT), 'a', 1, i, i, 1, 'csv', i, 1 FROM n"
            ),
            format!(
                "{numbers} INSERT INTO desk_rows (recording_id, clinic_id, owner_id, uploaded_at, patient_id, patient_label, has_links, starts_at, recording_s, algorithm_revision, reader_revision, layout, search) SELECT '{c}r' || CAST(i AS TEXT), '{c}', {doctor}, i, '{c}p' || CAST(i AS TEXT), 'P', 1, i, 1, 99, 99, 99, 'a' FROM n"
            ),
            format!(
                "{numbers} INSERT INTO analyses (recording_id, algorithm_revision, reader_revision, layout, figures, events, series, strip) SELECT '{c}r' || CAST(i AS TEXT), 99, 99, 99, '', '', '', '' FROM n"
            ),
        ] {
            server.change(sqlx::query(AssertSqlSafe(sql))).await;
        }
    }
    server.change(sqlx::query("ANALYZE")).await;
}

/// Everything that people do with nights and patients, once.
async fn click(server: &Server) {
    let admin = server.admin().await;
    let head = server.doctor_made_by(&admin, "sef@clinica.ro").await;
    let clinic = account_of(server, "sef@clinica.ro").await;
    let doctor = colleague(server, &admin, "ana@clinica.ro", &clinic).await;
    for sharing in ["own", "shared"] {
        set_sharing(&head, sharing).await;
        let night = store(&doctor, "a.csv", &made_up(if sharing == "own" { 2 } else { 3 })).await;
        let link = make_link(&doctor, &night, &[]).await;
        let visitor = patient(server, &link).await;
        for page in
            ["/recordings", "/recordings?page=2", "/patients", "/patients?after=P-0009", "/account", &night]
        {
            assert_eq!(doctor.get(page).await.status, 200, "{page}");
        }
        for page in [link.path.clone(), shared(&link, &night), format!("{}/chart.png", shared(&link, &night))]
        {
            assert_eq!(visitor.get(&page).await.status, 200, "{page}");
        }
        doctor.post(&format!("/links/{}/revoke", link.id()), &[]).await;
        let date = if sharing == "own" { "05/06/2025" } else { "07/08/2025" };
        let unsure = dates::stored(&doctor, &dates::dated(date)).await;
        assert_eq!(doctor.post(&format!("{unsure}/dates"), &[("order", "month-first")]).await.status, 303);
        assert_eq!(doctor.get(&unsure).await.status, 200);
    }
    let patients = doctor.get("/patients").await.text();
    let ids: Vec<_> =
        patients.split("href=\"/patients/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    doctor.get(&format!("/patients/{}", ids[0])).await;
    doctor.post(&format!("/patients/{}", ids[0]), &[("code", "X-1")]).await;
    doctor.post(&format!("/patients/{}/merge", ids[0]), &[("into", ids[1])]).await;
    let merge = doctor.get(&format!("/patients/{}", ids[1])).await.between("name=\"merge\" value=\"", "\"");
    assert_eq!(doctor.post(&format!("/patients/{}/unmerge", ids[1]), &[("merge", &merge)]).await.status, 303);
    let id = account_of(server, "ana@clinica.ro").await;
    assert_eq!(head.get("/clinic/people").await.status, 200);
    assert_eq!(head.post(&format!("/clinic/people/{id}/transfer"), &[("to", &clinic)]).await.status, 303);
    let night = store(&head, "b.csv", &made_up(9)).await;
    assert_eq!(head.post(&format!("{night}/delete"), &[]).await.status, 303);
    assert_eq!(head.post(&format!("/clinic/people/{id}/remove"), &[]).await.status, 303);
}

/// Whether people wait for the statement, and it is about what clinics have. Looks for work left behind, and for the
/// line of a recording that is not there yet, go through all clinics on purpose and beside the requests.
fn concerns_clinics(statement: &str) -> bool {
    let names = |table: &&str| {
        ["FROM ", "JOIN ", "UPDATE ", "INTO "]
            .iter()
            .any(|word| statement.contains(&format!("{word}{table} ")))
    };
    TABLES.iter().any(names) && !statement.starts_with("INSERT") && !statement.contains("expires_at <= $1")
}

/// The plan that PostgreSQL makes for every value alike.
async fn postgres_plan(server: &Server, statement: &str) -> String {
    let url = database_text(&server.app.config.database);
    let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
    let places = (1..=40).filter(|n| statement.contains(&format!("${n}"))).count();
    let nothing = vec!["NULL"; places].join(", ");
    let arguments = if places == 0 { String::new() } else { format!("({nothing})") };
    for sql in
        ["SET plan_cache_mode = force_generic_plan".to_owned(), format!("PREPARE asked AS {statement}")]
    {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    }
    let explain = AssertSqlSafe(format!("EXPLAIN EXECUTE asked{arguments}"));
    let lines = sqlx::raw_sql(explain).fetch_all(&mut connection).await.unwrap();
    lines.iter().map(|line| line.get::<String, _>(0)).collect::<Vec<_>>().join("\n")
}

async fn sqlite_plan(server: &Server, statement: &str) -> String {
    let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"));
    let mut work = server.work().await;
    let lines = sqlx::query(explain).fetch_all(&mut **work).await.unwrap();
    lines.iter().map(|line| line.get::<String, _>("detail")).collect::<Vec<_>>().join("\n")
}

/// Tables that a plan reads from one end to the other.
fn scanned(plan: &str) -> Vec<&str> {
    let is_scanned = |table: &&&str| {
        plan.lines().any(|line| {
            let of = |mark: &str| line.split(mark).nth(1).and_then(|rest| rest.split_whitespace().next());
            of("Seq Scan on ") == Some(**table) || line.starts_with("SCAN ") && of("SCAN ") == Some(**table)
        })
    };
    TABLES.iter().filter(is_scanned).copied().collect()
}

#[tokio::test]
async fn nothing_that_people_wait_for_reads_the_rows_of_all_clinics() {
    let (postgres, sqlite) = (Server::start(Backend::Postgres).await, Server::start(Backend::Sqlite).await);
    fill(&postgres).await;
    fill(&sqlite).await;
    acts::leave_alone(&postgres.url);
    let seen = Statements::default();
    let listening = tracing::subscriber::set_default(tracing_subscriber::registry().with(seen.clone()));
    click(&postgres).await;
    drop(listening);
    let mut statements = seen.0.lock().unwrap().clone();
    statements.sort();
    statements.dedup();
    statements.retain(|statement| concerns_clinics(statement));
    assert!(statements.len() > 40, "only {} statements were seen: {statements:#?}", statements.len());
    let mut scans = Vec::new();
    for statement in &statements {
        for (name, plan) in [
            ("PostgreSQL", postgres_plan(&postgres, statement).await),
            ("SQLite", sqlite_plan(&sqlite, statement).await),
        ] {
            println!("{name}: {statement}\n{plan}\n");
            if !scanned(&plan).is_empty() {
                scans.push(format!("{name}: {statement}\n{plan}"));
            }
        }
    }
    assert!(scans.is_empty(), "{}", scans.join("\n\n"));
}
