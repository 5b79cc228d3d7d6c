//! The OpenAPI document of a table of routes.

use axum::http::Method;
use serde_json::{Map, Value, json};

use crate::http::browser::csrf;
use crate::http::routes::{Access, Form, Kind, Packing, Realm, Reply, Route};

/// The document.
pub(super) fn document(table: &[Route]) -> Value {
    let mut paths = Map::new();
    for route in table {
        let operations = paths.entry(openapi_path(route.path)).or_insert_with(|| json!({}));
        operations[route.method.as_str().to_lowercase()] = operation(route);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "oxi",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The routes of the platform for overnight oximetry. Pages are answered in HTML; refusals in \
                JSON where `Accept` names `application/json` before `text/html`.",
        },
        "paths": paths,
        "components": {
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "__Host-sid",
                    "description": "Set by `POST /login`. Without HTTPS it is called `sid`."},
                "link": {"type": "apiKey", "in": "cookie", "name": "__Host-p-{id}",
                    "description": "Set by `POST /p/{id}/open`, for one link each."},
            },
            "schemas": {"Problem": problem()},
            "responses": {"Refused": {
                "description": "It was not done. Who is not signed in is sent to `/login`, unless JSON is asked for.",
                "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Problem"}},
                    "text/html": {"schema": {"type": "string"}},
                },
            }},
        },
    })
}

fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["error"],
        "properties": {"error": {
            "type": "object",
            "required": ["code", "message", "request_id"],
            "properties": {
                "code": {"type": "string", "description": "For programs."},
                "message": {"type": "string", "description": "For people, in their language."},
                "request_id": {"type": "string", "description": "Under which the log has it."},
            },
        }},
    })
}

/// The rest of a path is a place like any other.
fn openapi_path(path: &str) -> String {
    path.replace("{*", "{")
}

fn operation(route: &Route) -> Value {
    let mut described = json!({
        "operationId": identifier(route),
        "tags": [tag(route.path)],
        "description": format!("Who may: {}. Body at most {} bytes.", route.access, route.limits.body_bytes),
        "parameters": parameters(route),
        "responses": responses(route),
        "security": security(route.access),
    });
    if let Some(form) = &route.operation.form {
        described["requestBody"] = body(form);
    }
    described
}

/// Such as `post_recordings_id_delete`.
fn identifier(route: &Route) -> String {
    let words = route.path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<_> = words.collect();
    format!("{}_{}", route.method.as_str().to_lowercase(), words.join("_"))
}

fn tag(path: &str) -> &str {
    path.split('/').nth(1).filter(|word| !word.is_empty()).unwrap_or("home")
}

fn security(access: Access) -> Value {
    match access.realm {
        Realm::Open | Realm::Visitor => json!([]),
        Realm::Account => json!([{"session": []}]),
        Realm::Link => json!([{"link": []}]),
    }
}

fn parameters(route: &Route) -> Vec<Value> {
    let places = route.path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let places = places.map(|place| {
        json!({
            "name": place.trim_start_matches('*'), "in": "path", "required": true, "schema": {"type": "string"},
            "description": "What names nothing that exists for whoever asks is answered by 404.",
        })
    });
    let query = route.operation.query.iter().map(|field| {
        json!({"name": field.name, "in": "query", "required": field.is_required, "schema": schema(&field.kind)})
    });
    let header = route.operation.form.iter().map(|_| {
        json!({
            "name": csrf::HEADER, "in": "header", "required": false, "schema": {"type": "string"},
            "description": format!("The token of the form, instead of its field `{}`.", csrf::FIELD),
        })
    });
    places.chain(query).chain(header).collect()
}

/// The fields of a form, and its token.
fn body(form: &Form) -> Value {
    let media = match form.packing {
        Packing::Encoded => "application/x-www-form-urlencoded",
        Packing::Parts => "multipart/form-data",
    };
    let token = json!({
        "type": "string",
        "description": format!("The token that every page of this browser has in its forms; not needed with `{}`.", csrf::HEADER),
    });
    let fields = form.fields.iter().map(|field| (field.name.to_owned(), schema(&field.kind)));
    let properties: Map<_, _> = fields.chain([(csrf::FIELD.to_owned(), token)]).collect();
    let required: Vec<_> =
        form.fields.iter().filter(|field| field.is_required).map(|field| field.name).collect();
    let mut schema = json!({"type": "object", "properties": properties, "required": required});
    if form.is_open {
        schema["additionalProperties"] = json!({"type": "string"});
    }
    json!({"required": true, "content": {media: {"schema": schema}}})
}

fn schema(kind: &Kind) -> Value {
    match kind {
        Kind::Text => json!({"type": "string"}),
        Kind::Integer => json!({"type": "integer"}),
        Kind::Number => json!({"type": "number"}),
        Kind::Flag => json!({"type": "boolean"}),
        Kind::OneOf(words) => json!({"type": "string", "enum": words}),
        Kind::Files => json!({"type": "array", "items": {"type": "string", "format": "binary"}}),
    }
}

/// What comes when all went well, and that anything may be refused.
fn responses(route: &Route) -> Value {
    let mut answers = Map::new();
    for reply in &route.operation.answers {
        let (status, description, media) = match reply {
            Reply::Page => ("200", "A page.", Some("text/html")),
            Reply::Json => ("200", "What was asked for.", Some("application/json")),
            Reply::Text => ("200", "A word.", Some("text/plain")),
            Reply::Elsewhere => ("303", "Done; `Location` says where to go on.", None),
            Reply::Any if route.method == Method::GET => ("2XX", "A page or a file.", None),
            Reply::Any => ("2XX", "A page that says what was done.", None),
        };
        let content = media.map(|media| json!({media: {"schema": {}}}));
        let mut answer = json!({"description": description});
        if let Some(content) = content {
            answer["content"] = content;
        }
        answers.insert(status.to_owned(), answer);
    }
    answers.insert("3XX".to_owned(), json!({"description": "`Location` says where to go on."}));
    let refused = json!({"$ref": "#/components/responses/Refused"});
    for class in ["4XX", "5XX"] {
        answers.insert(class.to_owned(), refused.clone());
    }
    Value::Object(answers)
}

#[cfg(test)]
mod tests {
    use axum::response::Redirect;
    use serde::Deserialize;

    use super::*;
    use crate::error::Problem;
    use crate::http::routes::{Routes, Visitor};

    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Change {
        Open,
        Shut,
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only its fields are looked at")]
    struct Changed {
        change: Change,
        #[serde(default)]
        note: String,
    }

    async fn change(_: Visitor, _: csrf::Form<Changed>) -> Result<Redirect, Problem> {
        Err(Problem::not_found())
    }

    #[test]
    fn a_route_is_described_by_the_types_of_its_handler() {
        let table = Routes::new().post::<Visitor, _>("/lids/{id}", change).table();
        let operation = &document(&table)["paths"]["/lids/{id}"]["post"];
        let form = &operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"];
        assert_eq!(form["properties"]["change"]["enum"], json!(["open", "shut"]));
        assert_eq!(form["required"], json!(["change"]));
        assert_eq!(operation["parameters"][0]["name"], "id");
        assert_eq!(operation["operationId"], "post_lids_id");
        assert!(operation["responses"]["303"].is_object(), "{operation}");
    }
}
