//! The lines of the list, entered when a recording becomes ready.

use sqlx::{Any, Transaction};

use crate::error::Problem;
use crate::recordings::{Recording, device_number};
use crate::rows::{self, Figures, NewRow, PatientMark};

/// Enters a recording into the list.
pub(super) async fn enter(
    connection: &mut Transaction<'static, Any>,
    recording: &Recording,
    patient: Option<&PatientMark>,
    figures: &Figures,
) -> Result<(), Problem> {
    let row = NewRow {
        recording: recording.mark(),
        clinic_id: &recording.clinic_id,
        owner_id: &recording.owner_id,
        uploaded_at: recording.created_at,
        device: device_number(&recording.file_name),
        patient,
        figures,
    };
    Ok(rows::insert(connection, &row).await?)
}
