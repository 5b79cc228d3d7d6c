//! Handlers of routes: functions whose first argument is the proof of their route.

use std::future::Future;

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};

use super::operation::{Answers, Operation, Reads};
use super::proof::Proof;
use crate::state::App;

/// A function that takes the proof `P` and then what axum extracts, the last of it from the whole request.
///
/// `Arguments` only tells functions of different arguments apart.
#[diagnostic::on_unimplemented(
    message = "this is no handler of a route with the proof `{P}`",
    note = "a handler is an async function whose first argument is the proof of its route, followed by extractors"
)]
pub trait Endpoint<P: Proof, Arguments>: Clone + Send + Sync + 'static {
    /// Extracts the other arguments and runs the function.
    fn answer(self, proof: P, request: Request, app: App) -> impl Future<Output = Response> + Send;

    /// What its extractors read and what it answers.
    fn operation() -> Operation;
}

impl<P, F, Answering, Answer> Endpoint<P, (P,)> for F
where
    P: Proof,
    F: FnOnce(P) -> Answering + Clone + Send + Sync + 'static,
    Answering: Future<Output = Answer> + Send,
    Answer: IntoResponse + Answers,
{
    async fn answer(self, proof: P, _: Request, _: App) -> Response {
        self(proof).await.into_response()
    }

    fn operation() -> Operation {
        let mut operation = Operation::default();
        Answer::answer(&mut operation);
        operation
    }
}

/// With a single extractor, which takes the whole request.
impl<P, F, Answering, Answer, Way, Last> Endpoint<P, (Way, P, Last)> for F
where
    P: Proof,
    F: FnOnce(P, Last) -> Answering + Clone + Send + Sync + 'static,
    Answering: Future<Output = Answer> + Send,
    Answer: IntoResponse + Answers,
    Last: FromRequest<App, Way> + Reads + Send,
{
    async fn answer(self, proof: P, request: Request, app: App) -> Response {
        let last = match Last::from_request(request, &app).await {
            Ok(value) => value,
            Err(rejection) => return rejection.into_response(),
        };
        self(proof, last).await.into_response()
    }

    fn operation() -> Operation {
        let mut operation = Operation::default();
        Last::read(&mut operation);
        Answer::answer(&mut operation);
        operation
    }
}

/// One implementation for each further number of extractors; the last one may consume the body.
macro_rules! endpoint_with {
    ($($part:ident),*; $last:ident) => {
        #[expect(non_snake_case, reason = "arguments are called as their types")]
        impl<P, F, Answering, Answer, Way, $($part,)* $last> Endpoint<P, (Way, P, $($part,)* $last)> for F
        where
            P: Proof,
            F: FnOnce(P, $($part,)* $last) -> Answering + Clone + Send + Sync + 'static,
            Answering: Future<Output = Answer> + Send,
            Answer: IntoResponse + Answers,
            $($part: FromRequestParts<App> + Reads + Send,)*
            $last: FromRequest<App, Way> + Reads + Send,
        {
            async fn answer(self, proof: P, request: Request, app: App) -> Response {
                let (mut parts, body) = request.into_parts();
                $(let $part = match $part::from_request_parts(&mut parts, &app).await {
                    Ok(value) => value,
                    Err(rejection) => return rejection.into_response(),
                };)*
                let $last = match $last::from_request(Request::from_parts(parts, body), &app).await {
                    Ok(value) => value,
                    Err(rejection) => return rejection.into_response(),
                };
                self(proof, $($part,)* $last).await.into_response()
            }

            fn operation() -> Operation {
                let mut operation = Operation::default();
                $($part::read(&mut operation);)*
                $last::read(&mut operation);
                Answer::answer(&mut operation);
                operation
            }
        }
    };
}

endpoint_with!(A; B);
endpoint_with!(A, B; C);
endpoint_with!(A, B, C; D);
endpoint_with!(A, B, C, D; E);
