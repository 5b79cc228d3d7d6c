//! A ZIP archive that is written while it is sent: nothing of it is kept but the directory at its end. Files are stored as
//! they are, so that their length and checksum stand before them and every program can read along.
//!
//! Source: PKWARE APPNOTE 6.3.10; 64-bit fields only where the 32-bit ones would not do.

/// An archive that is being written.
#[derive(Debug, Default)]
pub(super) struct Zip {
    /// Bytes written so far.
    offset: u64,
    directory: Vec<u8>,
    files: u64,
}

const VERSION: u16 = 20;
const VERSION_64: u16 = 45;
/// Names are UTF-8.
const FLAGS: u16 = 0x0800;
/// 1 January 1980, the first day that there is.
const DATE: u16 = 0x0021;
const TOO_MUCH: u64 = 0xffff_ffff;

impl Zip {
    /// What stands before the bytes of the next file, which must follow.
    pub(super) fn file(&mut self, name: &str, bytes: &[u8]) -> Vec<u8> {
        let (checksum, length) = (crc32fast::hash(bytes), u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        let name = name.as_bytes().get(..usize::from(u16::MAX)).unwrap_or(name.as_bytes());
        let name_length = u16::try_from(name.len()).unwrap_or(u16::MAX);
        let mut header = Fields::default();
        header.long(0x0403_4b50).word(VERSION);
        about(&mut header, (checksum, length), name_length);
        header.word(0).bytes(name);
        self.enter((checksum, length), (name, name_length));
        self.offset += (header.0.len() + bytes.len()) as u64;
        header.0
    }

    /// The file in the directory.
    fn enter(&mut self, (checksum, length): (u32, u32), (name, name_length): (&[u8], u16)) {
        let is_far = self.offset >= TOO_MUCH;
        let mut entry = Fields(std::mem::take(&mut self.directory));
        let version = if is_far { VERSION_64 } else { VERSION };
        entry.long(0x0201_4b50).word(version).word(version);
        about(&mut entry, (checksum, length), name_length);
        entry.word(if is_far { 12 } else { 0 }).word(0).word(0).word(0).long(0);
        entry.long(short(self.offset)).bytes(name);
        if is_far {
            entry.word(1).word(8).wide(self.offset);
        }
        self.directory = entry.0;
        self.files += 1;
    }

    /// The directory, with which the archive ends.
    pub(super) fn end(self) -> Vec<u8> {
        let (start, length) = (self.offset, self.directory.len() as u64);
        let mut end = Fields(self.directory);
        let is_large = start >= TOO_MUCH || self.files >= 0xffff;
        if is_large {
            end.long(0x0606_4b50).wide(44).word(VERSION_64).word(VERSION_64).long(0).long(0);
            end.wide(self.files).wide(self.files).wide(length).wide(start);
            end.long(0x0706_4b50).long(0).wide(start + length).long(1);
        }
        let files = u16::try_from(self.files).unwrap_or(u16::MAX);
        end.long(0x0605_4b50).word(0).word(0).word(files).word(files);
        end.long(short(length)).long(short(start)).word(0);
        end.0
    }
}

/// What the header before a file and its entry in the directory have in common.
fn about(fields: &mut Fields, (checksum, length): (u32, u32), name_length: u16) {
    fields.word(FLAGS).word(0).word(0).word(DATE).long(checksum).long(length).long(length).word(name_length);
}

/// A number that says "see the 64-bit field" where it does not fit.
fn short(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Numbers one after the other, lowest byte first.
#[derive(Debug, Default)]
struct Fields(Vec<u8>);

impl Fields {
    fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(bytes);
        self
    }

    fn word(&mut self, number: u16) -> &mut Self {
        self.bytes(&number.to_le_bytes())
    }

    fn long(&mut self, number: u32) -> &mut Self {
        self.bytes(&number.to_le_bytes())
    }

    fn wide(&mut self, number: u64) -> &mut Self {
        self.bytes(&number.to_le_bytes())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    use super::*;

    /// What Python's reader finds in an archive: names, lengths and whether every checksum holds.
    fn read(archive: &[u8]) -> String {
        let program = "import sys, zipfile, io; z = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())); \
                       print(z.testzip(), [(i.filename, i.file_size) for i in z.infolist()])";
        let mut child = Command::new("python3");
        let child = child.args(["-c", program]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.expect("python3, which the tests of the bindings need too");
        child.stdin.take().unwrap().write_all(archive).unwrap();
        String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
    }

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut zip, mut archive) = (Zip::default(), Vec::new());
        for (name, bytes) in files {
            archive.extend(zip.file(name, bytes));
            archive.extend(*bytes);
        }
        archive.extend(zip.end());
        archive
    }

    #[test]
    fn another_program_reads_names_and_bytes() {
        let found = read(&archive(&[("citește.txt", b"text"), ("nopți/1.csv", &[7; 70_000]), ("gol", b"")]));
        assert_eq!(found.trim(), "None [('citește.txt', 4), ('nopți/1.csv', 70000), ('gol', 0)]");
        assert_eq!(read(&archive(&[])).trim(), "None []");
    }

    #[test]
    fn more_files_than_sixteen_bits_count_are_all_there() {
        let names: Vec<_> = (0..70_000).map(|n| n.to_string()).collect();
        let files: Vec<_> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
        let found = read(&archive(&files));
        assert!(found.contains("('69999', 1)]"), "{}", &found[found.len() - 80..]);
    }

    #[test]
    fn what_lies_beyond_four_gigabytes_has_its_place_in_64_bits() {
        let mut zip = Zip { offset: 5 << 30, ..Zip::default() };
        zip.file("late", b"x");
        let end = zip.end();
        let far = (5_u64 << 30).to_le_bytes();
        assert_eq!(end[42..46], [255; 4], "the 32-bit field refers to the other");
        assert_eq!((&end[46..50], &end[50..54], &end[54..62]), (&b"late"[..], &[1, 0, 8, 0][..], &far[..]));
    }
}
