//! A doctor decides how the dates of a file are read: its night is analysed anew, and everything follows.

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use oxicore::notices::{DateOrder, DateOrderRule};

use super::analysis::Figures;
use super::reading::Source;
use super::{kept, store};
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::recordings::{self, CanManage, Digest};
use crate::rows;
use crate::state::App;

/// From now on reads a recording in the decided order of day and month, or again as its reader finds it.
///
/// # Errors
/// 422 for a file whose dates have one reading, with the reason; 409 when somebody else was faster; when the database or
/// the object store is away.
pub async fn decide_dates(
    app: &App,
    context: RequestContext,
    held: &CanManage,
    order: Option<DateOrder>,
) -> Result<(), Problem> {
    let recording = held.recording();
    let room = Arc::new(app.work.hold(held.asker(), kept::room_bytes(recording)).await?);
    if order.is_some() {
        let (figures, _) = kept::numbers(app, held, &room).await?;
        refuse_certain(&figures)?;
    }
    let bytes = recordings::bytes_in(app, held, room).await?;
    let source = Source { file_name: recording.file_name.clone(), date_order: order };
    // However long it is: another limit may have held when it came.
    let analysis = kept::analyse(app, held.asker(), bytes, source, Duration::MAX).await?;
    let analysis = analysis.map_err(Problem::internal)?;
    let mut work = Work::begin(&app.db, context).await?;
    let digest = Digest::of(&analysis.figures.summary);
    if !recordings::decide_dates(&mut work, held, order, &digest).await? {
        return Err(Problem::new(StatusCode::CONFLICT, "changed-meanwhile"));
    }
    store::replace(&mut work, recording, &analysis).await?;
    rows::reread(&mut work, recording.mark(), &analysis.row()).await?;
    let act = Act::on_recording("dates-decided", &recording.id);
    Ok(work.commit(act.with_detail(order.map_or("as-found", DateOrder::code))).await?)
}

/// A file that tells its dates is not read otherwise, whoever says so.
fn refuse_certain(figures: &Figures) -> Result<(), Problem> {
    use DateOrderRule::{AssumedDayFirst, AssumedMonthFirst, Chosen, ComponentAbove12, FileName, Midnight};
    if figures.either_start.is_some() {
        return Ok(());
    }
    Err(match figures.summary.notices.date_order_rule {
        Some(ComponentAbove12) => Problem::refused("dates-certain-number"),
        Some(Midnight) => Problem::refused("dates-certain-midnight"),
        Some(FileName) => Problem::refused("dates-certain-name"),
        Some(AssumedDayFirst | AssumedMonthFirst) => Problem::refused("dates-certain-alike"),
        Some(Chosen | DateOrderRule::Unambiguous) | None => Problem::refused("dates-certain"),
    })
}
