//! In which order the dates of a file are written, where it does not tell: the question on the page of its night, and
//! the answer.

use axum::extract::State;
use axum::response::Redirect;
use oxicore::notices::DateOrder;
use serde::Deserialize;

use crate::accounts;
use crate::analyses::{self, EitherStart, NightView};
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::context::RequestContext;
use crate::i18n::{Locale, wording};
use crate::ids::RecordingId;
use crate::recordings::{CanManage, CanRead, DecidedDates, page_address};
use crate::state::App;

/// Where the question stands.
pub(super) fn question_address(id: &RecordingId) -> String {
    format!("{}#dates", page_address(id))
}

/// What the page says and asks about the dates of a file that can be read in two ways.
pub(super) struct Dates {
    /// What was decided, and by whom.
    pub(super) decided: Option<String>,
    /// The date that is assumed until somebody decides.
    pub(super) assumed: Option<String>,
    /// What its doctor may choose.
    pub(super) choices: Vec<DateChoice>,
}

/// An order, and on which date the night began by it.
pub(super) struct DateChoice {
    pub(super) order: &'static str,
    pub(super) date: String,
}

impl Dates {
    /// `None` where there is nothing to say: the file tells its dates, or nobody has decided and the reader may not.
    pub(super) async fn load(
        app: &App,
        read: &CanRead,
        view: &NightView,
        locale: Locale,
    ) -> Result<Option<Self>, Problem> {
        let either = view.either_start.filter(|_| read.is_own());
        let decided = match &read.recording().decided_dates {
            Some(decided) if view.date_order.is_some() => Some(in_words(app, decided, locale).await?),
            _ => None,
        };
        if either.is_none() && decided.is_none() {
            return Ok(None);
        }
        let others = DateOrder::ALL.into_iter().filter(|order| Some(*order) != view.date_order);
        let choice = |either: EitherStart, order: DateOrder| DateChoice {
            order: order.code(),
            date: wording::date(locale, either.of(order)),
        };
        Ok(Some(Self {
            choices: others.filter_map(|order| Some(choice(either?, order))).collect(),
            assumed: decided.is_none().then(|| wording::date(locale, view.start)),
            decided,
        }))
    }
}

/// The order, and the name of who decided.
async fn in_words(app: &App, decided: &DecidedDates, locale: Locale) -> Result<String, Problem> {
    let person = accounts::person(app, &decided.by).await?;
    let name = person.map_or_else(String::new, |person| person.name().to_owned());
    let key = match decided.order {
        DateOrder::DayFirst => "dates-decided-day-first",
        DateOrder::MonthFirst => "dates-decided-month-first",
    };
    Ok(locale.t_args(key, &[("name", name.into())]))
}

#[derive(Deserialize)]
pub(super) struct DatesForm {
    /// `day-first`, `month-first`; empty: as the reader finds them.
    #[serde(default)]
    order: String,
}

/// `POST /recordings/{id}/dates`: reads the file in this order from now on.
pub(super) async fn decide(
    held: CanManage,
    State(app): State<App>,
    context: RequestContext,
    Form(form): Form<DatesForm>,
) -> Result<Redirect, Problem> {
    let order = match form.order.as_str() {
        "" => None,
        order => Some(order.parse().map_err(|_| Problem::bad_request())?),
    };
    if order != held.recording().date_order() {
        analyses::decide_dates(&app, context, &held, order).await?;
    }
    Ok(Redirect::to(&question_address(&held.recording().id)))
}
