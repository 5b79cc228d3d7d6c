//! The contract against the running platform: schemathesis sends what `/openapi.json` allows and what it does not, as
//! somebody who is not signed in, as a doctor, as an administrator of a clinic and of the platform.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use crate::Length;
use crate::figures::Figures;
use crate::night::numbered;
use crate::support::client::Client;
use crate::support::{Database, PASSWORD, block_on, program, seconds, signed_in};

/// What ends a session, or keeps everybody out: asked for last, when nothing is asked after it.
const LAST: &str =
    "^/(logout|account/sessions/end-others|clinic/people/second-factor|admin/users/second-factor)$";

pub fn run(length: Length) -> Vec<Figures> {
    block_on(async {
        let postgres = Database::postgres().await;
        vec![drill(length, &Database::Sqlite).await, drill(length, &postgres).await]
    })
}

/// Somebody who asks.
struct Principal {
    name: &'static str,
    browser: Client,
}

async fn drill(length: Length, database: &Database) -> Figures {
    let tool =
        std::env::var("SCHEMATHESIS").expect("`cargo xtask drill contract` says where schemathesis is");
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let (program, address) = program(&folder, database, &[]);
    let running = program.start();
    let principals = everybody(&address).await;
    let settings = folder.path().join("schemathesis.toml");
    let mut figures = Figures::new(format!("contract on {}", database.name()));
    let begun = Instant::now();
    let (mut sent, mut failed) = (0, 0);
    for (phase, seconds) in [("--exclude-path-regex", length.of(300, 60)), ("--include-path-regex", 20)] {
        for Principal { name, browser } in &principals {
            std::fs::write(&settings, things(browser).await).unwrap();
            let said = ask(&tool, &address, &settings, (phase, seconds), (length, browser)).await;
            let (cases, is_clean) = outcome(&said);
            println!("  {name}: {cases} requests {}", if is_clean { "" } else { &said });
            (sent, failed) = (sent + cases, failed + u32::from(!is_clean));
        }
    }
    figures.tell("seconds", seconds(begun.elapsed()));
    figures.at_least("requests", sent, length.of(1_000, 100));
    figures.at_most("runs in which the platform failed", failed, 0);
    let errors = running.log().matches("\"level\":\"ERROR\"").count();
    figures.at_most("failures in its log", errors, 0);
    let alive = principals[0].browser.get("/health").await.status;
    figures.at_most("status of /health afterwards", alive, 200);
    figures
}

/// A doctor's clinic with a night, a colleague in it, and the administrator of the platform.
async fn everybody(address: &str) -> Vec<Principal> {
    let admin = signed_in(address).await;
    let made = admin.post("/admin/users", &[("email", "sef@clinica.ro"), ("name", "Dr. Ana")]).await;
    let head = Client::new(address);
    let code = made.between("data-code=\"", "\"");
    let set = head.post("/set-password", &[("code", &code), ("password", PASSWORD)]).await;
    assert_eq!(set.status, 303, "{}", set.text());
    let invited = head.post("/clinic/people", &[("email", "ana@clinica.ro"), ("name", "Dr. Bogdan")]).await;
    let link = invited.between("class=\"one-time\">", "</code>");
    let code = link.rsplit(['#', ';']).next().unwrap();
    let doctor = Client::new(address);
    let joined = doctor.post("/invitation", &[("code", code), ("password", PASSWORD)]).await;
    assert_eq!(joined.status, 303, "{}", joined.text());
    for (number, browser) in [(1, &head), (2, &doctor)] {
        let stored = browser.upload("/recordings", &[("a.csv", &numbered(number))], true).await;
        assert_eq!(stored.status, 201, "{}", stored.text());
    }
    vec![
        Principal { name: "signed out", browser: Client::new(address) },
        Principal { name: "doctor", browser: doctor },
        Principal { name: "administrator of the clinic", browser: head },
        Principal { name: "administrator", browser: admin },
    ]
}

/// What the paths name that exists for whoever asks, as settings of schemathesis.
async fn things(browser: &Client) -> String {
    let mut settings = String::new();
    for (list, start) in [("/recordings", "/recordings/"), ("/patients", "/patients/")] {
        let page = browser.get(list).await.text();
        let before = format!("href=\"{start}");
        let mut ids = page.split(&before).skip(1).filter_map(|rest| rest.split(['"', '/']).next());
        if let Some(id) = ids.find(|id| id.len() == 36) {
            settings += &format!(
                "[[operations]]\ninclude-path-regex = \"^{start}\"\nparameters = {{ \"path.id\" = \"{id}\" }}\n\n"
            );
        }
    }
    settings
}

/// Runs schemathesis for `seconds` with the cookies and the token of a browser; what it says.
async fn ask(
    tool: &str,
    address: &str,
    settings: &Path,
    (phase, seconds): (&str, u32),
    (length, browser): (Length, &Client),
) -> String {
    let token = browser.form_token().await;
    let cookies = ["sid", "browser"].map(|name| (name, browser.cookie(name)));
    let cookies: Vec<_> =
        cookies.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?))).collect();
    let mut command = Command::new(tool);
    command.current_dir(settings.parent().unwrap());
    command.arg("--config-file").arg(settings).arg("run").arg(format!("{address}/openapi.json"));
    command.args([
        "--checks",
        "not_a_server_error",
        "--phases",
        "coverage,fuzzing",
        "--no-color",
        "--no-shrink",
    ]);
    command.args(["--continue-on-failure", "--workers", "1", "--warnings", "off", "--seed", "20261201"]);
    command.args(["--max-time", &seconds.to_string(), "--max-redirects", "0", "--request-timeout", "20"]);
    let (phases, examples) = match length {
        Length::Full => ("coverage,fuzzing", "50"),
        Length::Sample => ("fuzzing", "3"),
    };
    command.args(["--phases", phases, "--max-examples", examples]);
    command.args([phase, LAST, "--header", &format!("Cookie:{}", cookies.join("; "))]);
    command.args(["--header", &format!("X-CSRF-Token:{token}")]);
    let ran = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr))
}

/// How many requests were sent, and whether none of them made the platform fail.
fn outcome(said: &str) -> (u32, bool) {
    let counts = said.lines().filter_map(|line| line.split_once(" generated"));
    let counts =
        counts.filter_map(|(before, _)| before.split_whitespace().last()?.replace(',', "").parse().ok());
    let cases = counts.max().unwrap_or_default();
    (cases, cases > 0 && !said.contains("FAILURES") && !said.contains("ERRORS"))
}
