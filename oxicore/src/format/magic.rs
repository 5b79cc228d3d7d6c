//! Files that people take for a recording and that are none, known by their first bytes.

use crate::error::OtherFile::{self, Archive, Document, Pdf, Picture, Spreadsheet, WebPage};

/// What such a file is; `None` for everything else.
pub(super) fn other_kind(bytes: &[u8]) -> Option<OtherFile> {
    let begins = |(magic, _): &&(&[u8], OtherFile)| bytes.starts_with(magic);
    match MAGIC.iter().find(begins).map(|(_, kind)| *kind) {
        Some(Archive) => Some(of_archive(bytes)),
        Some(Spreadsheet) if has(bytes, WORD_DOCUMENT) => Some(Document),
        Some(kind) => Some(kind),
        None => of_container(bytes).or_else(|| of_markup(bytes)),
    }
}

/// Of a picture the whole beginning, so that no device's two bytes are taken for one.
const MAGIC: [(&[u8], OtherFile); 20] = [
    (b"%PDF-", Pdf),
    (b"\x89PNG\r\n\x1a\n", Picture),
    (b"\xff\xd8\xff", Picture),
    (b"GIF87a", Picture),
    (b"GIF89a", Picture),
    (b"II*\0", Picture),
    (b"MM\0*", Picture),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Spreadsheet),
    (b"{\\rtf", Document),
    (b"PK\x03\x04", Archive),
    (b"PK\x05\x06", Archive),
    (b"PK\x07\x08", Archive),
    (b"\x1f\x8b\x08", Archive),
    (b"BZh91AY&SY", Archive),
    (b"\xfd7zXZ\0", Archive),
    (b"\x28\xb5\x2f\xfd", Archive),
    (b"7z\xbc\xaf\x27\x1c", Archive),
    (b"Rar!\x1a\x07", Archive),
    (b"MSCF\0\0\0\0", Archive),
    (b"PAR1", Archive),
];

/// The name of the part of an old Office file that holds a text, in UTF-16.
const WORD_DOCUMENT: &[u8] = b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0";

/// Bytes of a file that are looked at.
const HEAD: usize = 4096;

fn head(bytes: &[u8]) -> &[u8] {
    bytes.get(..HEAD).unwrap_or(bytes)
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// A ZIP file may be a document: by its parts, or by the type at its beginning.
fn of_archive(bytes: &[u8]) -> OtherFile {
    const DOCUMENTS: [&[u8]; 3] = [b"word/", b"ppt/", b"opendocument.text"];
    const SPREADSHEETS: [&[u8]; 4] =
        [b"xl/", b"[Content_Types].xml", b"opendocument.spreadsheet", b"Index/Tables"];
    let has_any = |parts: &[&[u8]]| parts.iter().any(|part| has(head(bytes), part));
    match bytes.starts_with(b"PK") {
        true if has_any(&DOCUMENTS) => Document,
        true if has_any(&SPREADSHEETS) => Spreadsheet,
        _ => Archive,
    }
}

/// Kinds whose mark is not at the very beginning.
fn of_container(bytes: &[u8]) -> Option<OtherFile> {
    const PICTURES: [&[u8]; 6] = [b"heic", b"heix", b"mif1", b"msf1", b"avif", b"hevc"];
    let at = |from: usize, len: usize| bytes.get(from..from.saturating_add(len)).unwrap_or_default();
    let is_picture = at(4, 4) == b"ftyp" && PICTURES.contains(&at(8, 4))
        || bytes.starts_with(b"RIFF") && at(8, 4) == b"WEBP";
    match () {
        () if is_picture => Some(Picture),
        () if at(257, 5) == b"ustar" => Some(Archive),
        () => None,
    }
}

/// Pages, drawings and workbooks written as text.
fn of_markup(bytes: &[u8]) -> Option<OtherFile> {
    const PAGES: [&[u8]; 7] = [b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<meta", b"<!--"];
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins = |word: &&[u8]| text.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word));
    let is_xml = begins(&&b"<?xml"[..]);
    match () {
        () if text.starts_with(b"%PDF-") => Some(Pdf),
        () if PAGES.iter().any(begins) => Some(WebPage),
        () if begins(&&b"<svg"[..]) || is_xml && has(head(text), b"<svg") => Some(Picture),
        () if is_xml && has(head(text), b"office:spreadsheet") => Some(Spreadsheet),
        () if is_xml && has(head(text), b"<html") => Some(WebPage),
        () => None,
    }
}

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
            (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml word/document.xml", Document),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", Document),
            (b"{\\rtf1\\ansi", Document),
            (b"\0\0\0\x18ftypheic\0\0\0\0", Picture),
            (b"RIFF\0\0\0\0WEBPVP8 ", Picture),
            (b"<?xml version=\"1.0\"?><svg xmlns=", Picture),
            (b"\r\n <!DOCTYPE HTML>\n<html>", WebPage),
            (b"\xef\xbb\xbf<Table><tr><td>", WebPage),
            (
                b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                Spreadsheet,
            ),
            (b"\n%PDF-1.4", Pdf),
            (b"7z\xbc\xaf\x27\x1c\0\x04", Archive),
            (b"Rar!\x1a\x07\x01\0", Archive),
        ] {
            assert_eq!(other_kind(bytes), Some(kind), "{}", bytes.escape_ascii());
        }
        assert_eq!([other_kind(b""), other_kind(b"PK"), other_kind(b"Time,SpO2")], [None; 3]);
    }
}
