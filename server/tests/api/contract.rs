//! The contract holds: every route is in it, and what it says of a form is what the form's handler reads.

use std::collections::BTreeSet;

use axum::http::Method;
use oxi_server::http::routes::{Field, Kind, Packing, Role, Route};
use oxi_server::router::route_table;
use serde_json::Value;

use crate::authorisation::{Things, owner_with_things};
use crate::support::client::{Answer, Client};

const HTTP: [&str; 2] = ["get", "post"];

fn operations(document: &Value) -> BTreeSet<String> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths
        .flat_map(|(path, operations)| {
            let methods = operations.as_object().unwrap().keys();
            assert!(operations.as_object().unwrap().keys().all(|method| HTTP.contains(&method.as_str())));
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect()
}

/// Forms with a field for each thing that is ticked, read by hand: the contract says of them that further fields are taken.
const OPEN: [&str; 2] = ["/links/sheet", "/links/{id}"];

#[test]
fn the_fields_of_every_form_and_query_are_known() {
    let open =
        route_table().iter().filter(|route| route.operation.form.as_ref().is_some_and(|form| form.is_open));
    let open: BTreeSet<_> = open.map(|route| route.path).collect();
    assert_eq!(open, BTreeSet::from(OPEN));
    for route in route_table() {
        let operation = &route.operation;
        assert!(operation.unknown.is_empty(), "{route}: give {:?} named fields", operation.unknown);
        assert!(!operation.is_raw, "{route}: an extractor of its own would say what is read");
    }
}

#[test]
fn no_form_has_a_field_that_the_token_uses() {
    for route in route_table() {
        let fields = route.operation.form.iter().flat_map(|form| &form.fields);
        let names: Vec<_> = fields.map(|field| field.name).collect();
        let once: BTreeSet<_> = names.iter().collect();
        assert!(once.len() == names.len() && !names.contains(&"csrf"), "{route}: {names:?}");
    }
}

/// Sends fields with the right token.
async fn send(client: &Client, route: &Route, things: &Things, fields: &[(&str, &str)]) -> Answer {
    let token = client.form_token().await;
    let request = client.request(Method::POST, &things.path(route));
    let request = request.header("accept", "application/json").header("x-csrf-token", token);
    client.send(request.form(fields)).await
}

/// What the document says that a field takes.
fn fitting(field: &Field) -> (&'static str, &'static str) {
    let value = match field.kind {
        Kind::Text if field.name == "lang" => "ro",
        Kind::Text | Kind::Files => "a",
        Kind::Integer | Kind::Number => "1",
        Kind::Flag => "true",
        Kind::OneOf(words) => words[0],
    };
    (field.name, value)
}

/// The code of a refusal; empty for a page, which has understood the form and says what is wrong with it.
fn code(answer: &Answer) -> String {
    let is_json = answer.header("content-type") == "application/json";
    if is_json && answer.status >= 400 {
        answer.json()["error"]["code"].as_str().unwrap().to_owned()
    } else {
        String::new()
    }
}

/// Every way in which a form can be against the document: without a required field, with a value of another kind.
fn broken(fields: &[Field]) -> Vec<Vec<(&'static str, &'static str)>> {
    let all: Vec<_> = fields.iter().map(fitting).collect();
    let others = |name| all.iter().copied().filter(move |(known, _)| *known != name);
    let without = fields.iter().filter(|field| field.is_required).map(|field| others(field.name).collect());
    let of_another_kind = fields.iter().filter(|field| !matches!(field.kind, Kind::Text | Kind::Files));
    let wrong =
        of_another_kind.map(|field| others(field.name).chain([(field.name, "no such word")]).collect());
    without.chain(wrong).collect()
}

fn forms() -> impl Iterator<Item = (&'static Route, &'static [Field])> {
    let forms = route_table().iter().filter_map(|route| Some((route, route.operation.form.as_ref()?)));
    forms
        .filter(|(_, form)| form.packing == Packing::Encoded && !form.is_open)
        .map(|(route, form)| (route, &*form.fields))
}

behaviours! {
    async fn every_route_is_in_the_contract_and_nothing_else(server: Server) {
        let document = server.browser().get("/openapi.json").await;
        assert_eq!((document.status, &*document.header("content-type")), (200, "application/json"));
        let document = document.json();
        assert_eq!(document["openapi"], "3.1.0");
        let declared: BTreeSet<_> =
            route_table().iter().map(|route| format!("{} {}", route.method, route.path.replace("{*", "{"))).collect();
        assert_eq!(operations(&document), declared);
    }

    async fn a_form_against_the_contract_is_refused_and_one_by_it_is_read(server: Server) {
        let admin = server.admin().await;
        let (owner, things) = owner_with_things(&server, &admin).await;
        owner.post(&format!("/p/{}/open", things.link), &[("secret", &things.secret)]).await;
        let client = |route: &Route| if route.access.role == Role::Administrator { &admin } else { &owner };
        let mut refused = 0;
        for (route, fields) in forms() {
            for form in broken(fields) {
                let answer = send(client(route), route, &things, &form).await;
                if matches!(answer.status, 401 | 404) {
                    continue; // the guard looks before the form is read
                }
                assert_eq!((answer.status, &*code(&answer)), (400, "bad-request"), "{route} with {form:?}");
                refused += 1;
            }
        }
        assert!(refused > 20, "{refused}");
        let mut read = 0;
        for (route, fields) in forms().filter(|(route, _)| route.path != "/logout") {
            let form: Vec<_> = fields.iter().map(fitting).collect();
            let answer = send(client(route), route, &things, &form).await;
            assert!(answer.status < 500, "{route}: {} {form:?}", answer.status);
            read += u32::from(code(&answer) != "bad-request");
        }
        assert!(read > 30, "{read}");
    }
}
