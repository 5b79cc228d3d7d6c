//! Files that people take for a recording and that are none, known by their first bytes.

use crate::error::OtherFile::{self, Archive, Pdf, Picture, Spreadsheet};

/// What such a file is; `None` for everything else.
pub(super) fn other_kind(bytes: &[u8]) -> Option<OtherFile> {
    let begins = |(magic, _): &&(&[u8], OtherFile)| bytes.starts_with(magic);
    let kind = MAGIC.iter().find(begins).map(|(_, kind)| *kind)?;
    Some(if kind == Archive && is_spreadsheet(bytes) { Spreadsheet } else { kind })
}

/// Of a picture the whole beginning, so that no device's two bytes are taken for one.
const MAGIC: [(&[u8], OtherFile); 13] = [
    (b"%PDF-", Pdf),
    (b"\x89PNG\r\n\x1a\n", Picture),
    (b"\xff\xd8\xff", Picture),
    (b"GIF87a", Picture),
    (b"GIF89a", Picture),
    (b"II*\0", Picture),
    (b"MM\0*", Picture),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Spreadsheet),
    (b"PK\x03\x04", Archive),
    (b"\x1f\x8b\x08", Archive),
    (b"7z\xbc\xaf\x27\x1c", Archive),
    (b"Rar!\x1a\x07", Archive),
    (b"PAR1", Archive),
];

/// A ZIP file with the parts of a workbook, or with the type of one at its beginning.
fn is_spreadsheet(bytes: &[u8]) -> bool {
    const NAMES: [&[u8]; 4] = [b"xl/", b"[Content_Types].xml", b"opendocument.spreadsheet", b"Index/Tables"];
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    bytes.starts_with(b"PK") && NAMES.iter().any(|name| head.windows(name.len()).any(|part| part == *name))
}

/// Bytes of a ZIP file that are looked at.
const HEAD: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_take_for_a_recording_is_called_by_its_name() {
        for (bytes, kind) in [
            (&b"%PDF-1.7\n"[..], Pdf),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Picture),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Picture),
            (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", Spreadsheet),
            (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", Spreadsheet),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Spreadsheet),
            (b"PK\x03\x04\x14\0\0\0night.csv", Archive),
            (b"\x1f\x8b\x08\0", Archive),
        ] {
            assert_eq!(other_kind(bytes), Some(kind), "{}", bytes.escape_ascii());
        }
        assert_eq!([other_kind(b""), other_kind(b"PK"), other_kind(b"Time,SpO2")], [None; 3]);
    }
}
