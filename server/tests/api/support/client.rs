//! A browser without a screen: keeps cookies, follows nothing by itself, fills in form tokens.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock};

use oxi_server::platform::clock::Timestamp;
use oxi_server::platform::random::Random;
use reqwest::header::{ACCEPT, COOKIE, HeaderMap, SET_COOKIE};
use reqwest::multipart::{Form, Part};
use reqwest::{Method, RequestBuilder, redirect::Policy};

/// When the forms of [`Client::post`] were made: late enough for every test.
const FRESH: Timestamp = Timestamp::from_millis(4_102_444_800_000);

/// Who looks at each answer to a changing request: with the platform's address and the path.
pub static CHANGED: OnceLock<fn(&str, &str, &Answer)> = OnceLock::new();

/// A browser.
pub struct Client {
    http: reqwest::Client,
    url: String,
    network: Option<String>,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Client {
    /// A browser without cookies.
    pub fn new(url: &str) -> Self {
        let http = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
        Self { http, url: url.to_owned(), network: None, cookies: Mutex::default() }
    }

    /// The same browser at another network address.
    pub fn at_network(mut self, address: &str) -> Self {
        self.network = Some(address.to_owned());
        self
    }

    /// A request to send with [`Client::send`].
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url))
    }

    /// Sends a request with the browser's cookies and keeps those that come back.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        self.try_send(request).await.unwrap()
    }

    /// [`Client::send`] for tests in which the connection may break.
    pub async fn try_send(&self, request: RequestBuilder) -> reqwest::Result<Answer> {
        let cookies: Vec<_> = self.cookies.lock().unwrap().iter().map(|(k, v)| format!("{k}={v}")).collect();
        let request = if cookies.is_empty() { request } else { request.header(COOKIE, cookies.join("; ")) };
        let request = match &self.network {
            Some(address) => request.header("x-real-ip", address),
            None => request,
        };
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        self.keep_cookies(&headers);
        Ok(Answer { status, headers, body: response.bytes().await?.to_vec() })
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// Asks for JSON.
    pub async fn get_json(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).header(ACCEPT, "application/json")).await
    }

    /// Sends a form as the platform's own page would, with its token and the identifier of a form that counts once.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.form_token().await;
        let once = Random::system().id(FRESH).to_string();
        self.post_bare(path, &[fields, &[("csrf", &token), ("once", &once)]].concat()).await
    }

    /// Sends a form with these fields and no others.
    pub async fn post_bare(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.send(self.request(Method::POST, path).form(fields)).await;
        self.tell(path, answer)
    }

    /// Shows an answer to whoever wants to look at those of changing requests.
    fn tell(&self, path: &str, answer: Answer) -> Answer {
        if let Some(look) = CHANGED.get() {
            look(&self.url, path, &answer);
        }
        answer
    }

    /// Uploads files in the field `files`, token included; `json` asks for a JSON answer.
    pub async fn upload(&self, path: &str, files: &[(&str, &[u8])], json: bool) -> Answer {
        self.upload_decided(path, &[], files, json).await
    }

    /// [`Client::upload`] with decisions: SHA-256 of files to store though their end is missing.
    pub async fn upload_decided(
        &self,
        path: &str,
        decisions: &[&str],
        files: &[(&str, &[u8])],
        json: bool,
    ) -> Answer {
        let mut form = Form::new().text("csrf", self.form_token().await);
        for decision in decisions {
            form = form.text("incomplete", (*decision).to_owned());
        }
        for (name, bytes) in files {
            form = form.part("files", Part::bytes(bytes.to_vec()).file_name((*name).to_owned()));
        }
        let accept = if json { "application/json" } else { "text/html" };
        let answer = self.send(self.request(Method::POST, path).header(ACCEPT, accept).multipart(form)).await;
        self.tell(path, answer)
    }

    /// The token that forms of this browser carry now.
    pub async fn form_token(&self) -> String {
        self.get("/").await.between("name=\"csrf\" value=\"", "\"")
    }

    /// Signs in and insists that it worked.
    pub async fn sign_in(&self, email: &str, password: &str) {
        let answer = self.post("/login", &[("email", email), ("password", password)]).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
    }

    /// A cookie's value.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Puts a cookie into the browser, or takes it out.
    pub fn set_cookie(&self, name: &str, value: Option<&str>) {
        let mut cookies = self.cookies.lock().unwrap();
        match value {
            Some(value) => cookies.insert(name.to_owned(), value.to_owned()),
            None => cookies.remove(name),
        };
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        for line in headers.get_all(SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            let is_removal = line.contains("Max-Age=0");
            self.set_cookie(name, (!is_removal).then_some(value));
        }
    }
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// A header's value, empty when there is none.
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// The first text between two marks of the body.
    pub fn between(&self, before: &str, after: &str) -> String {
        let text = self.text();
        let Some((_, rest)) = text.split_once(before) else { panic!("{before:?} not in {text}") };
        rest.split_once(after).unwrap().0.to_owned()
    }
}
