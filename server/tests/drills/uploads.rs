//! Many uploads at once, every one repeated until it is acknowledged, and what became of them.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use reqwest::Method;
use reqwest::header::ACCEPT;
use reqwest::multipart::{Form, Part};
use tokio::task::JoinHandle;

use crate::figures::Figures;
use crate::night;
use crate::support::client::Client;

/// Uploaders at work.
pub struct Uploads {
    shared: Arc<Shared>,
    tasks: Vec<JoinHandle<Vec<Acknowledged>>>,
}

#[derive(Default)]
struct Shared {
    is_over: AtomicBool,
    /// Nights begun.
    begun: AtomicU32,
    /// Answers that were none, or no acknowledgement.
    broken: AtomicU32,
}

/// A night of which the platform said that it is kept.
pub struct Acknowledged {
    number: u32,
    /// The page it was said to have.
    page: String,
}

/// Time for one upload on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
/// Attempts at one night; far more than a drill's interruptions.
const ATTEMPTS: u32 = 600;

impl Uploads {
    /// Starts so many uploaders for each browser.
    pub async fn start(browsers: &[Arc<Client>], each: u32) -> Self {
        let (shared, mut tasks) = (Arc::new(Shared::default()), Vec::new());
        for browser in browsers {
            let token = browser.form_token().await;
            for _ in 0..each {
                tasks.push(tokio::spawn(upload(Arc::clone(browser), token.clone(), Arc::clone(&shared))));
            }
        }
        Self { shared, tasks }
    }

    /// Nights begun so far.
    pub fn begun(&self) -> u32 {
        self.shared.begun.load(Ordering::SeqCst)
    }

    /// Lets every uploader finish its night; the nights acknowledged, and how many answers were none.
    pub async fn finish(self) -> (Vec<Acknowledged>, u32) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        let mut all = Vec::new();
        for task in self.tasks {
            all.extend(task.await.unwrap());
        }
        (all, self.shared.broken.load(Ordering::SeqCst))
    }
}

async fn upload(browser: Arc<Client>, token: String, shared: Arc<Shared>) -> Vec<Acknowledged> {
    let mut acknowledged = Vec::new();
    while !shared.is_over.load(Ordering::SeqCst) {
        let number = shared.begun.fetch_add(1, Ordering::SeqCst);
        for _ in 0..ATTEMPTS {
            if let Some(page) = send(&browser, &token, number).await {
                acknowledged.push(Acknowledged { number, page });
                break;
            }
            shared.broken.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
    acknowledged
}

/// The page of the night, if the platform says that it is kept.
async fn send(browser: &Client, token: &str, number: u32) -> Option<String> {
    let file = Part::bytes(night::numbered(number)).file_name(format!("night-{number}.csv"));
    let form = Form::new().text("csrf", token.to_owned()).part("files", file);
    let request = browser.request(Method::POST, "/recordings").header(ACCEPT, "application/json");
    let sent = browser.try_send(request.multipart(form));
    let answer = tokio::time::timeout(PATIENCE, sent).await.ok()?.ok()?;
    if !matches!(answer.status, 200 | 201) {
        return None;
    }
    Some(answer.json()["files"][0]["recording"].as_str()?.to_owned())
}

/// Looks at every acknowledged night, and at the list, and writes down what is lost and what is there twice. `others`:
/// nights that were stored apart from these.
pub async fn audit(browser: &Client, acknowledged: &[Acknowledged], others: usize, figures: &mut Figures) {
    let mut lost = 0;
    for Acknowledged { number, page } in acknowledged {
        let file = browser.get(&format!("{page}/file")).await;
        lost += u32::from(file.status != 200 || file.body != night::numbered(*number));
    }
    let listed = listed(browser).await;
    let pages: BTreeSet<&String> = acknowledged.iter().map(|night| &night.page).collect();
    figures.tell("nights acknowledged", acknowledged.len());
    figures.at_most("acknowledged and lost, or with other bytes", lost, 0);
    figures.at_most("doubled in the list", listed.len().saturating_sub(pages.len() + others), 0);
    figures.at_most(
        "acknowledged and not listed",
        pages.iter().filter(|page| !listed.contains(**page)).count(),
        0,
    );
}

async fn listed(browser: &Client) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for number in 1.. {
        let list = browser.get(&format!("/recordings?page={number}")).await.text();
        let links = list.split("<th scope=\"row\"><a href=\"").skip(1);
        all.extend(links.map(|link| link.split('"').next().unwrap().to_owned()));
        if !list.contains("rel=\"next\"") {
            break;
        }
    }
    all
}
