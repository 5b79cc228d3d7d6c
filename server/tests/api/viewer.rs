//! What the viewer needs besides its page: to be installed, and to open without a connection.

use super::nights::{CSV, fixture, made_up, store};

behaviours! {
    async fn the_viewer_can_be_installed_in_the_readers_language(server: Server) {
        let browser = server.browser();
        for (lang, name) in [("ro", "Vizualizare pulsoximetrie"), ("en", "Oximetry viewer")] {
            let answer = browser.get(&format!("/viewer.webmanifest?lang={lang}")).await;
            assert_eq!(answer.header("content-type"), "application/manifest+json");
            let manifest = answer.json();
            let said = [&manifest["name"], &manifest["lang"], &manifest["start_url"], &manifest["scope"]];
            assert_eq!(said, [name, lang, "/viewer", "/viewer"]);
        }
    }

    async fn a_page_seen_without_cookies_names_nobody(server: Server) {
        let _admin = server.admin().await;
        let page = server.browser().get("/viewer").await.text();
        assert!(page.contains("href=\"/login\"") && !page.contains("class=\"account-name\""), "{page}");
    }

    async fn an_index_that_is_undefined_says_why(server: Server) {
        let admin = server.admin().await;
        let short = b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n";
        let page = admin.get(&store(&admin, "a.csv", short).await).await.text();
        assert!(page.contains("prea scurt pentru un indice: sub 10 minute de semnal valid"), "{page}");
    }

    async fn burden_halves_hours_and_every_definition_stand_on_the_recordings_page(server: Server) {
        let admin = server.admin().await;
        let page = admin.get(&store(&admin, CSV, &fixture(CSV)).await).await.text();
        for place in [
            "data-metric=\"burden3.hypoxic_burden_pctmin_h\"",
            "data-metric=\"halves.1.odi3_per_h\"",
            "data-metric=\"hours.0.odi4_count\"",
            "data-index=\"viatom-4\"",
            "data-index=\"mean120-analyzer-3\"",
        ] {
            assert!(page.contains(place), "{place}");
        }
    }

    async fn moments_of_links_are_given_to_the_readers_clock(server: Server) {
        let admin = server.admin().await;
        let address = store(&admin, "a.csv", &made_up(2)).await;
        admin.post(&format!("{address}/links"), &[]).await;
        let page = admin.get(&address).await.text();
        assert!(page.contains("<time data-local datetime=\""), "{page}");
    }
}
