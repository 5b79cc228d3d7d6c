//! The typed code of a link, for people without a camera.

use std::time::Duration;

use crate::links::{Shared, act, code_on, link_on, share};
use crate::nights::{made_up, store};
use crate::patients::{make_link, shared};
use crate::support::client::{Answer, Client};

const DAY: Duration = Duration::from_hours(24);

async fn show(doctor: &Client, link: &crate::patients::Link) -> Answer {
    let shown = act(doctor, link, "show", &[]).await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    shown
}

async fn typed(browser: &Client, code: &str) -> Answer {
    browser.post("/p", &[("code", code)]).await
}

/// The same start, another rest.
fn mistyped(code: &str, n: usize) -> String {
    let signs = b"ABCDEFGH";
    format!("{}-{}", &code[..4], String::from_utf8(vec![signs[n % 8]; 12]).unwrap())
}

behaviours! {
    async fn a_typed_code_opens_the_link_however_it_is_typed_for_two_weeks(server: Server) {
        let Shared { doctor, recording, link, .. } = share(&server).await;
        let code = code_on(&show(&doctor, &link).await);
        assert_eq!(code.len(), 19);
        for text in [code.clone(), code.replace('-', " ").to_lowercase(), format!(" {} ", code.replace('-', ""))] {
            let browser = server.browser();
            let opened = typed(&browser, &text).await;
            assert_eq!((opened.status, opened.header("location")), (303, link.path.clone()), "{text}");
            assert_eq!(browser.get(&shared(&link, &recording)).await.status, 200);
        }
        let kept: (String, String) = sqlx::query_as("SELECT code_hash, sealed FROM patient_codes").fetch_one(server.app.db.read()).await.unwrap();
        assert!(!format!("{kept:?}").contains(&code.replace('-', "")[4..]));
        server.wait(14 * DAY - Duration::from_secs(1));
        assert_eq!(typed(&server.browser(), &code).await.status, 303);
        server.wait(Duration::from_secs(1));
        assert_eq!(typed(&server.browser(), &code).await.status, 404);
        doctor.sign_in("ana@clinica.ro", crate::support::PASSWORD).await;
        let another = show(&doctor, &link).await;
        assert_ne!(code_on(&another), code);
        assert_eq!(typed(&server.browser(), &code_on(&another)).await.status, 303);
    }

    async fn five_wrong_rests_end_a_code_and_another_can_be_printed(server: Server) {
        let Shared { doctor, link, .. } = share(&server).await;
        let code = code_on(&show(&doctor, &link).await);
        for n in 0..5 {
            let browser = server.browser().at_network(&format!("203.0.113.{n}"));
            assert_eq!(typed(&browser, &mistyped(&code, n)).await.status, 404);
        }
        assert_eq!(typed(&server.browser(), &code).await.status, 404, "the right one opens nothing any more");
        let other = code_on(&show(&doctor, &link).await);
        assert_ne!(other, code);
        assert_eq!(typed(&server.browser(), &other).await.status, 303);
    }

    async fn of_many_codes_at_once_no_more_than_five_are_looked_at(server: Server) {
        let Shared { doctor, link, .. } = share(&server).await;
        let code = code_on(&show(&doctor, &link).await);
        let browsers: Vec<_> = (0..12).map(|n| server.browser().at_network(&format!("203.0.113.{n}"))).collect();
        let guesses = browsers.iter().enumerate().map(async |(n, browser)| typed(browser, &mistyped(&code, n)).await.status);
        futures_util::future::join_all(guesses).await;
        let tries: i64 = sqlx::query_scalar("SELECT wrong_tries FROM patient_codes").fetch_one(server.app.db.read()).await.unwrap();
        assert_eq!((tries, typed(&server.browser(), &code).await.status), (5, 404));
    }

    async fn guesses_at_codes_are_stopped_for_the_network_and_for_no_other(server: Server) {
        let Shared { doctor, link, .. } = share(&server).await;
        let code = code_on(&show(&doctor, &link).await);
        let guesser = server.browser().at_network("203.0.113.7");
        for _ in 0..20 {
            assert_eq!(typed(&guesser, "AAAA-AAAA-AAAA-AAAA").await.status, 404);
        }
        let limited = typed(&guesser, &code).await;
        assert_eq!(limited.status, 429, "beyond the limit no code is looked at, not even the right one");
        assert!(!limited.header("retry-after").is_empty());
        assert_eq!(typed(&server.browser().at_network("203.0.113.8"), &code).await.status, 303);
        server.wait(Duration::from_mins(16));
        assert_eq!(typed(&guesser, &code).await.status, 303);
    }

    async fn unknown_wrong_and_outlived_codes_and_those_of_closed_links_look_the_same(server: Server) {
        let Shared { doctor, recording, link, .. } = share(&server).await;
        let wrong = mistyped(&code_on(&show(&doctor, &link).await), 3);
        let closed = make_link(&doctor, &recording, &[]).await;
        let of_closed = code_on(&show(&doctor, &closed).await);
        assert_eq!(act(&doctor, &closed, "revoke", &[]).await.status, 303);
        let replaced = make_link(&doctor, &recording, &[]).await;
        let of_replaced = code_on(&show(&doctor, &replaced).await);
        let new = act(&doctor, &replaced, "new", &[]).await;
        let mut pages = Vec::new();
        for code in ["AAAA-AAAA-AAAA-AAAA", "", "x", &wrong, &of_closed, &of_replaced] {
            let answer = typed(&server.browser(), code).await;
            assert_eq!(answer.status, 404, "{code}");
            let token = answer.between("name=\"csrf\" value=\"", "\"");
            pages.push(answer.text().replace(&token, "TOKEN"));
        }
        assert!(pages.iter().all(|page| *page == pages[0]), "{pages:#?}");
        assert_eq!(typed(&server.browser(), &code_on(&new)).await.header("location"), link_on(&new).path);
    }

    async fn a_code_asks_for_the_passcode_of_its_link(server: Server) {
        let Shared { doctor, link, .. } = share(&server).await;
        assert_eq!(act(&doctor, &link, "passcode", &[("passcode", "1234")]).await.status, 303);
        let code = code_on(&show(&doctor, &link).await);
        let browser = server.browser();
        let asked = typed(&browser, &code).await;
        assert!(asked.status == 200 && asked.text().contains("action=\"/p\""), "{}", asked.text());
        assert_eq!(browser.post("/p", &[("code", &code), ("passcode", "0000")]).await.status, 403);
        assert_eq!(browser.post("/p", &[("code", &code), ("passcode", "1234")]).await.status, 303);
    }

    async fn codes_whose_time_is_over_are_forgotten(server: Server) {
        let Shared { doctor, link, .. } = share(&server).await;
        let other = store(&doctor, "b.csv", &made_up(3)).await;
        make_link(&doctor, &other, &[]).await;
        server.wait(15 * DAY);
        doctor.sign_in("ana@clinica.ro", crate::support::PASSWORD).await;
        show(&doctor, &link).await;
        let job = oxi_server::patients::JOBS.into_iter().next().unwrap();
        (job.run)(server.app.clone(), String::new()).await.unwrap();
        let codes: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM patient_codes").fetch_one(server.app.db.read()).await.unwrap();
        assert_eq!(codes, 1);
    }
}
