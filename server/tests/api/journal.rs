//! The journal: what is done or opened is in a chain of entries, and what somebody does to them is found.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::http::Method;
use oxi_server::audit::{Damage, Kind, Verified, verify};
use oxi_server::router::route_table;
use sqlx::{AssertSqlSafe, Row as _};

use crate::clinics::account_of;
use crate::nights::{made_up, store};
use crate::patients::{make_link, patient, shared};
use crate::support::acts::ACTS;
use crate::support::{Backend, Server};

/// An entry, in words: actor, action, detail, subject.
type Entry = (String, String, Option<String>, String);

/// The entries of an action, in the order in which they were written.
async fn entries(server: &Server, action: &str) -> Vec<Entry> {
    let query =
        sqlx::query("SELECT actor, action, detail, subject FROM audit WHERE action = $1 ORDER BY at, seq");
    let rows = query.bind(action).fetch_all(server.app.db.read()).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1), row.get(2), row.get(3))).collect()
}

/// The clinic of the only doctor, who has done a dozen things in it.
async fn busy_clinic(server: &Server) -> String {
    let doctor = server.doctor("ana@clinica.ro").await;
    for number in 1..=12 {
        assert_eq!(doctor.post("/patients", &[("code", &format!("P-{number}"))]).await.status, 303);
    }
    account_of(server, "ana@clinica.ro").await
}

async fn chain(server: &Server, name: &str) -> Verified {
    let all = verify(&server.app.db).await.unwrap();
    all.into_iter().find(|chain| chain.chain == name).unwrap()
}

/// Does what no program of the platform could: past the triggers.
async fn tamper(server: &Server, sql: &str) -> u64 {
    for (trigger, table) in [
        ("audit_unchanged", "audit"),
        ("audit_kept", "audit"),
        ("audit_heads_forward", "audit_heads"),
        ("audit_heads_kept", "audit_heads"),
        ("audit_heads_removed", "audit_heads"),
    ] {
        let of = if server.backend == Backend::Postgres { format!(" ON {table}") } else { String::new() };
        server.change(sqlx::query(AssertSqlSafe(format!("DROP TRIGGER IF EXISTS {trigger}{of}")))).await;
    }
    server.change(sqlx::query(AssertSqlSafe(sql.to_owned()))).await
}

async fn damage_after(server: &Server, sql: &str) -> Option<Damage> {
    let clinic = busy_clinic(server).await;
    let whole = chain(server, &clinic).await;
    assert!(whole.damage.is_none() && whole.entries >= 12, "{whole:?}");
    assert!(tamper(server, &sql.replace("CLINIC", &clinic)).await > 0);
    chain(server, &clinic).await.damage
}

/// Exchanges the subjects and times of entries 5 and 9, which are alike in everything else, and leaves their hashes.
async fn swap_contents(server: &Server, clinic: &str) {
    let query = sqlx::query("SELECT subject, at FROM audit WHERE chain = $1 AND seq IN (5, 9) ORDER BY seq");
    let rows = query.bind(clinic).fetch_all(server.app.db.read()).await.unwrap();
    for (row, seq) in rows.iter().zip([9, 5]) {
        let (subject, at) = (row.get::<String, _>(0), row.get::<i64, _>(1));
        tamper(
            server,
            &format!(
                "UPDATE audit SET subject = '{subject}', at = {at} WHERE chain = '{clinic}' AND seq = {seq}"
            ),
        )
        .await;
    }
}

behaviours! {
    async fn a_changed_entry_is_found(server: Server) {
        let damage = damage_after(&server, "UPDATE audit SET subject = 'patient:somebody' WHERE chain = 'CLINIC' AND seq = 5").await;
        assert_eq!(damage, Some(Damage { seq: 5, kind: Kind::Changed }));
    }

    async fn an_entry_whose_time_was_changed_by_a_millisecond_is_found(server: Server) {
        let damage = damage_after(&server, "UPDATE audit SET at = at + 1 WHERE chain = 'CLINIC' AND seq = 7").await;
        assert_eq!(damage, Some(Damage { seq: 7, kind: Kind::Changed }));
    }

    async fn a_removed_entry_is_found(server: Server) {
        let damage = damage_after(&server, "DELETE FROM audit WHERE chain = 'CLINIC' AND seq = 5").await;
        assert_eq!(damage, Some(Damage { seq: 5, kind: Kind::Removed }));
    }

    async fn a_removed_entry_whose_place_was_closed_up_is_found(server: Server) {
        let first = damage_after(&server, "DELETE FROM audit WHERE chain = 'CLINIC' AND seq = 5").await;
        let clinic = account_of(&server, "ana@clinica.ro").await;
        for seq in 6..=12 {
            tamper(&server, &format!("UPDATE audit SET seq = {seq} - 1 WHERE chain = '{clinic}' AND seq = {seq}")).await;
        }
        let damage = chain(&server, &clinic).await.damage;
        assert_eq!((first.unwrap().seq, damage), (5, Some(Damage { seq: 5, kind: Kind::Moved { from: 6 } })));
    }

    async fn two_swapped_entries_are_found(server: Server) {
        let clinic = busy_clinic(&server).await;
        swap_contents(&server, &clinic).await;
        assert_eq!(chain(&server, &clinic).await.damage, Some(Damage { seq: 5, kind: Kind::Moved { from: 9 } }));
    }

    async fn two_entries_swapped_with_their_hashes_are_found(server: Server) {
        let clinic = busy_clinic(&server).await;
        for (from, to) in [(5, -5), (9, 5), (-5, 9)] {
            tamper(&server, &format!("UPDATE audit SET seq = {to} WHERE chain = '{clinic}' AND seq = {from}")).await;
        }
        assert_eq!(chain(&server, &clinic).await.damage, Some(Damage { seq: 5, kind: Kind::Moved { from: 9 } }));
    }

    async fn an_end_that_was_cut_off_is_found(server: Server) {
        let damage = damage_after(&server, "DELETE FROM audit WHERE chain = 'CLINIC' AND seq > 9").await;
        assert_eq!(damage, Some(Damage { seq: 10, kind: Kind::CutOff }));
    }

    async fn an_end_that_is_noted_too_early_or_not_at_all_is_found(server: Server) {
        let damage = damage_after(&server, "UPDATE audit_heads SET seq = 9 WHERE chain = 'CLINIC'").await;
        assert_eq!(damage, Some(Damage { seq: 10, kind: Kind::Beyond }));
        let clinic = account_of(&server, "ana@clinica.ro").await;
        tamper(&server, "DELETE FROM audit_heads").await;
        assert_eq!(chain(&server, &clinic).await.damage, Some(Damage { seq: 1, kind: Kind::Beyond }));
    }

    async fn the_database_refuses_to_change_or_remove_entries(server: Server) {
        busy_clinic(&server).await;
        for sql in [
            "UPDATE audit SET action = 'x' WHERE seq = 1",
            "DELETE FROM audit WHERE seq = 1",
            "UPDATE audit_heads SET seq = seq - 1",
            "DELETE FROM audit_heads",
        ] {
            let mut work = server.work().await;
            let refused = sqlx::query(sql).execute(&mut **work).await.unwrap_err().to_string();
            assert!(refused.contains("the audit is append-only"), "{sql}: {refused}");
        }
    }

    async fn many_who_write_at_once_leave_one_whole_chain(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let made = (0..20).map(|number| {
            let doctor = &doctor;
            async move { doctor.post("/patients", &[("code", &format!("P-{number}"))]).await.status }
        });
        let mut made = std::pin::pin!(futures_util::future::join_all(made));
        let made = loop {
            tokio::select! {
                made = &mut made => break made,
                looked = verify(&server.app.db) => assert!(looked.unwrap().iter().all(|chain| chain.damage.is_none())),
            }
        };
        assert!(made.iter().all(|status| *status == 303), "{made:?}");
        let found = chain(&server, &account_of(&server, "ana@clinica.ro").await).await;
        assert!(found.damage.is_none() && found.entries >= 20, "{found:?}");
    }

    async fn a_night_that_is_opened_is_kept_once_an_hour_for_whoever_opens_it(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let night = store(&doctor, "a.csv", &made_up(2)).await;
        for path in ["", "/chart.png", "/chart.jpg", "/chart.svg", "/file", "", "?duplicate"] {
            assert_eq!(doctor.get(&format!("{night}{path}")).await.status, 200);
        }
        let ana = format!("account:{}", account_of(&server, "ana@clinica.ro").await);
        let subject = format!("recording:{}", night.rsplit('/').next().unwrap());
        let own = (ana, "recording-opened".to_owned(), Some("own".to_owned()), subject.clone());
        assert_eq!(entries(&server, "recording-opened").await, std::slice::from_ref(&own));
        let link = make_link(&doctor, &night, &[]).await;
        let visitor = patient(&server, &link).await;
        for path in ["", "/chart.png", "/file", ""] {
            assert_eq!(visitor.get(&format!("{}{path}", shared(&link, &night))).await.status, 200);
        }
        let theirs = (format!("link:{}", link.id()), "recording-opened".to_owned(), Some("patient".to_owned()), subject);
        assert_eq!(entries(&server, "recording-opened").await, [own.clone(), theirs.clone()]);
        server.wait(Duration::from_hours(1));
        assert_eq!(doctor.get(&night).await.status, 200);
        assert_eq!(entries(&server, "recording-opened").await, [own.clone(), theirs, own]);
    }

    async fn requests_at_once_keep_one_opening(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let night = store(&doctor, "a.csv", &made_up(2)).await;
        let opened = futures_util::future::join_all((0..8).map(|_| doctor.get(&night))).await;
        assert!(opened.iter().all(|answer| answer.status == 200));
        assert_eq!(entries(&server, "recording-opened").await.len(), 1);
    }

    async fn without_an_entry_there_is_no_page_and_no_change(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let night = store(&doctor, "a.csv", &made_up(2)).await;
        let link = make_link(&doctor, &night, &[]).await;
        let visitor = patient(&server, &link).await;
        let patients = doctor.get("/patients").await.between("href=\"/patients/", "\"");
        server.change(sqlx::query("ALTER TABLE audit RENAME TO audit_away")).await;
        for path in ["", "/chart.png", "/chart.jpg", "/chart.svg", "/file"] {
            for answer in [
                doctor.get(&format!("{night}{path}")).await,
                visitor.get(&format!("{}{path}", shared(&link, &night))).await,
            ] {
                assert!(answer.status >= 500, "{path}: {}", answer.status);
            }
        }
        assert!(doctor.get(&format!("/patients/{patients}")).await.status >= 500);
        assert!(doctor.post("/patients", &[("code", "P-99")]).await.status >= 500);
        assert!(doctor.post(&format!("{night}/delete"), &[]).await.status >= 500);
        server.change(sqlx::query("ALTER TABLE audit_away RENAME TO audit")).await;
        assert!(!doctor.get("/patients").await.text().contains("P-99"));
        assert_eq!(doctor.get(&night).await.status, 200);
    }

    async fn no_entry_holds_anything_but_identifiers_and_words_of_the_program(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let night = store(&doctor, "Popescu Ion 1780101.csv", &made_up(2)).await;
        doctor.post("/patients", &[("code", "X-1\r\n2"), ("note", "Popescu\r\nIon")]).await;
        make_link(&doctor, &night, &[("note", "FISA-17\n\"action\":\"forged\"")]).await;
        doctor.post("/account", &[("current", "wrong\r\n"), ("password", "x\n")]).await;
        let query = sqlx::query("SELECT chain, actor, action, detail, subject FROM audit");
        let rows = query.fetch_all(server.app.db.read()).await.unwrap();
        assert!(rows.len() > 5);
        for row in rows {
            for column in 0..5 {
                let text = row.get::<Option<String>, _>(column).unwrap_or_default();
                let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b':');
                assert!(text.bytes().all(is_plain), "{text:?}");
            }
        }
    }

    async fn what_a_clinic_does_is_in_its_chain_and_sign_ins_are_in_the_platforms(server: Server) {
        let clinic = busy_clinic(&server).await;
        let query = sqlx::query("SELECT action, chain FROM audit ORDER BY chain, seq");
        let rows = query.fetch_all(server.app.db.read()).await.unwrap();
        let chains = |action: &str| {
            let mut found: Vec<String> = rows.iter().filter(|row| row.get::<String, _>(0) == action).map(|row| row.get(1)).collect();
            found.dedup();
            found
        };
        assert_eq!(chains("patient-made"), [clinic]);
        for action in ["sign-in", "account-made", "password-set"] {
            assert_eq!(chains(action), ["platform"], "{action}");
        }
    }
}

/// What the list says is what happens: every test of a platform in this process compares, see `support/acts.rs`.
#[test]
fn every_changing_route_is_said_to_leave_an_entry_or_why_not() {
    let table = route_table();
    let changing: BTreeSet<_> =
        table.iter().filter(|route| route.method != Method::GET).map(|route| route.path).collect();
    let listed: BTreeSet<_> = ACTS.iter().map(|(path, _)| *path).collect();
    let difference: Vec<_> = changing.symmetric_difference(&listed).collect();
    assert!(difference.is_empty(), "say in `support/acts.rs` which acts these leave: {difference:?}");
}
