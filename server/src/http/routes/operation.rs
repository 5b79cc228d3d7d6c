//! What a route reads and answers, from the types of its handler.

use axum::extract::{Path, Query, Request, State};
use axum::http::HeaderMap;
use axum::response::{Html, Redirect, Response};
use axum::{Extension, Json};
use serde::de::DeserializeOwned;

use super::fields::{Field, fields_of, is_open};
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::i18n::Locale;

/// What a route reads beside its path, and what it answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operation {
    /// Fields of the query.
    pub query: Vec<Field>,
    /// The form, if it reads one.
    pub form: Option<Form>,
    /// Whether it reads the body as it comes, without saying what is in it.
    pub is_raw: bool,
    /// Types whose fields are not known by name: of none of the platform's own forms.
    pub unknown: Vec<&'static str>,
    /// What comes when all went well.
    pub answers: Vec<Reply>,
}

/// A form in a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// How its fields are packed.
    pub packing: Packing,
    /// Its fields beside the token.
    pub fields: Vec<Field>,
    /// Whether it takes fields of changing names as well, which its handler looks for by itself.
    pub is_open: bool,
}

/// How the fields of a form are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// `application/x-www-form-urlencoded`.
    Encoded,
    /// `multipart/form-data`.
    Parts,
}

/// An answer when all went well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// A page.
    Page,
    /// Another page is to be asked for.
    Elsewhere,
    /// JSON.
    Json,
    /// A line of text.
    Text,
    /// One of these, or a file: the handler decides.
    Any,
}

impl Operation {
    /// The fields of `T`, or a note that they are not known.
    fn fields<T: DeserializeOwned>(&mut self) -> Vec<Field> {
        fields_of::<T>().unwrap_or_else(|| {
            self.unknown.push(std::any::type_name::<T>());
            Vec::new()
        })
    }

    /// Takes note of a form with the fields of `T`.
    pub fn read_form<T: DeserializeOwned>(&mut self, packing: Packing) {
        let is_open = is_open::<T>();
        let fields = if is_open { Vec::new() } else { self.fields::<T>() };
        self.form = Some(Form { packing, fields, is_open });
    }
}

/// An extractor that says what it reads of a request.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what it reads of a request",
    note = "implement `http::routes::Reads` for it, so that the contract (`/openapi.json`) knows"
)]
pub trait Reads {
    /// Takes note of it.
    fn read(operation: &mut Operation);
}

/// An answer that says what it is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what kind of answer it is",
    note = "implement `http::routes::Answers` for it, so that the contract (`/openapi.json`) knows"
)]
pub trait Answers {
    /// Takes note of it.
    fn answer(operation: &mut Operation);
}

/// Extractors that read nothing which a sender would choose.
macro_rules! read_nothing {
    ($($extractor:ty),*) => { $(impl Reads for $extractor { fn read(_: &mut Operation) {} })* };
}

read_nothing!(HeaderMap, RequestContext, Locale);

impl<T> Reads for State<T> {
    fn read(_: &mut Operation) {}
}

impl<T> Reads for Extension<T> {
    fn read(_: &mut Operation) {}
}

/// The places of a path stand in the path itself.
impl<T> Reads for Path<T> {
    fn read(_: &mut Operation) {}
}

impl<T: DeserializeOwned> Reads for Query<T> {
    fn read(operation: &mut Operation) {
        let fields = operation.fields::<T>();
        operation.query.extend(fields);
    }
}

impl Reads for Request {
    fn read(operation: &mut Operation) {
        operation.is_raw = operation.form.is_none();
    }
}

/// Kinds of answers.
macro_rules! answers {
    ($($answer:ty: $reply:ident),*) => {
        $(impl Answers for $answer {
            fn answer(operation: &mut Operation) {
                operation.answers.push(Reply::$reply);
            }
        })*
    };
}

answers!(Response: Any, Redirect: Elsewhere, &'static str: Text);

impl<T> Answers for Html<T> {
    fn answer(operation: &mut Operation) {
        operation.answers.push(Reply::Page);
    }
}

impl<T> Answers for Json<T> {
    fn answer(operation: &mut Operation) {
        operation.answers.push(Reply::Json);
    }
}

/// Every route may refuse, so a problem is not said of each.
impl<T: Answers> Answers for Result<T, Problem> {
    fn answer(operation: &mut Operation) {
        T::answer(operation);
    }
}
