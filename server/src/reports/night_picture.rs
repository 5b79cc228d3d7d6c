//! The picture of a night as PNG, JPG and SVG, for its doctor and its patient.

mod captions;
mod encoding;

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use oxi_figure::{Levels, Look, Night, Scene, Theme};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use self::encoding::Encoding;
use crate::analyses::{self, Analysis};
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::i18n::Locale;
use crate::recordings::{CanView, Recording, attachment, stem};
use crate::state::App;

/// Memory that drawing and encoding take at scale 1, in bytes; the square of the scale times more at others.
const DRAWING_BYTES: u64 = 15_000_000;
/// Grows whenever the same night would be drawn differently.
const PICTURE_REVISION: u32 = 2;

#[derive(Clone, Copy, Deserialize)]
pub(super) struct PictureQuery {
    /// 2 for twice as many pixels each way.
    scale: Option<u32>,
    /// Present to save the picture under a name instead of showing it.
    download: Option<u8>,
    /// What it is looked at on; white paper unless said.
    theme: Option<Theme>,
    /// Colours of SpO2 levels other than the theme's own.
    levels: Option<Levels>,
}

pub(super) async fn png<Seen: Deref<Target = CanView>>(
    seen: Seen,
    app: State<App>,
    query: Query<PictureQuery>,
    context: RequestContext,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    answer(&app, &seen, (*query, Encoding::Png), (&context, &headers)).await
}

pub(super) async fn jpg<Seen: Deref<Target = CanView>>(
    seen: Seen,
    app: State<App>,
    query: Query<PictureQuery>,
    context: RequestContext,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    answer(&app, &seen, (*query, Encoding::Jpg), (&context, &headers)).await
}

pub(super) async fn svg<Seen: Deref<Target = CanView>>(
    seen: Seen,
    app: State<App>,
    query: Query<PictureQuery>,
    context: RequestContext,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    answer(&app, &seen, (*query, Encoding::Svg), (&context, &headers)).await
}

/// Which picture of a night.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    encoding: Encoding,
    scale: u32,
    look: Look,
    locale: Locale,
    is_download: bool,
}

impl Wanted {
    fn new(query: PictureQuery, encoding: Encoding, locale: Locale) -> Self {
        let scale = if query.scale == Some(2) { 2 } else { 1 };
        let look = Look { theme: query.theme.unwrap_or_default(), levels: query.levels };
        Self { encoding, scale, look, locale, is_download: query.download.is_some() }
    }

    /// Names the picture by everything that it is made from.
    fn etag(self, recording: &Recording) -> String {
        let (algorithm, reader) = (oxicore::summary::ALGORITHM_REVISION, oxicore::summary::READER_REVISION);
        let made_from = format!(
            "{PICTURE_REVISION} {algorithm} {reader} {} {:?} {} {:?} {} {:?}",
            recording.sha256,
            recording.date_order(),
            self.scale,
            self.look,
            self.locale,
            self.encoding
        );
        let digest = Sha256::digest(made_from);
        format!("\"{}\"", digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect::<String>())
    }
}

/// The picture, once the journal has that the night was opened.
async fn answer(
    app: &App,
    seen: &CanView,
    (query, encoding): (PictureQuery, Encoding),
    (context, headers): (&RequestContext, &HeaderMap),
) -> Result<Response, Problem> {
    seen.open(context).await?;
    let wanted = Wanted::new(query, encoding, context.locale());
    let etag = wanted.etag(seen.recording());
    let tag = HeaderValue::from_str(&etag).map_err(Problem::internal)?;
    let is_known = headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes());
    if is_known {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response());
    }
    let room = Arc::new(app.work.hold(seen.asker(), analyses::room_bytes(seen.recording())).await?);
    let night = analyses::whole(app, seen, &room).await?;
    let file_name = seen.recording().file_name.clone();
    let picture = draw(app, seen, night, wanted).await?;
    room.shrink_to(picture.len());
    let kind = HeaderValue::from_static(wanted.encoding.content_type());
    let mut response = ([(ETAG, tag), (CONTENT_TYPE, kind)], room.keep_with(picture.into())).into_response();
    if wanted.is_download {
        let name = format!("{}.{}", stem(&file_name), wanted.encoding.extension());
        let disposition = HeaderValue::from_str(&attachment(&name)).map_err(Problem::internal)?;
        response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}

/// Draws beside the threads that answer requests.
async fn draw(app: &App, seen: &CanView, night: Analysis, wanted: Wanted) -> Result<Vec<u8>, Problem> {
    let file_name = seen.recording().file_name.clone();
    let room = DRAWING_BYTES * u64::from(wanted.scale.pow(2));
    app.work.run(seen.asker(), room, move || file(&night, &file_name, wanted)).await?
}

fn file(night: &Analysis, file_name: &str, wanted: Wanted) -> Result<Vec<u8>, Problem> {
    let summary = &night.figures.summary;
    let [events, _] = &night.events.aasm;
    let captions = captions::of(wanted.locale, summary, file_name);
    let drawn = Night { readings: night.series.readings(), summary, events };
    let scene = Scene::of(&drawn, &captions, wanted.look);
    wanted.encoding.file(&scene, wanted.scale).map_err(Problem::internal)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use oxi_figure::Captions;

    use super::*;
    use crate::analyses::{Series, Source};

    #[test]
    fn the_scene_of_a_kept_night_is_that_of_every_other_binding() {
        const NIGHT: &str = "D1_vihealth_6col_20260102235930.csv";
        let file = include_bytes!("../../../oxicore/tests/fixtures/D1_vihealth_6col_20260102235930.csv");
        let night = Analysis::of_file(file, &Source::undecided(NIGHT.to_owned()), Duration::MAX).unwrap();
        let kept = Series::from_bytes(&night.series.to_bytes()).unwrap();
        let (summary, [events, _]) = (&night.figures.summary, &night.events.aasm);
        let drawn = Night { readings: kept.readings(), summary, events };
        let scene = Scene::of(&drawn, &Captions::english(summary), Look::default());
        let golden = include_str!("../../../figure/tests/golden/scene.json");
        assert_eq!(serde_json::to_string(&scene).unwrap(), golden.trim_end());
    }
}
