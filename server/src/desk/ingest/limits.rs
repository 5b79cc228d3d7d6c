//! How much one upload may bring.

/// Bytes in a megabyte, as the limits are worded.
pub(in crate::desk) const MEGABYTE: usize = 1_000_000;
/// Longest file.
pub(in crate::desk) const MAX_FILE_BYTES: usize = 20 * MEGABYTE;
/// Most files of one upload.
pub(in crate::desk) const MAX_FILES: usize = 50;
/// Most parts of an upload's form: the files, the form's own fields, and files that were not chosen.
pub(in crate::desk) const MAX_PARTS: usize = MAX_FILES + 14;
/// Longest upload.
pub(in crate::desk) const MAX_UPLOAD_BYTES: usize = 250 * MEGABYTE;
