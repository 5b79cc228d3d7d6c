//! Files and folders that nobody else on the machine may open.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

/// Mode of files: the owner reads and writes.
const FILE: u32 = 0o600;
/// Mode of folders: the owner lists, enters and changes them.
const FOLDER: u32 = 0o700;

/// Creates a file that was not there.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] when it was, and whatever the file system says.
pub fn create_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(FILE).open(path)
}

/// Creates a file that was not there, with all of its bytes or not at all: they are written durably beside it, under a
/// `draft` name of the caller's that nobody else uses, and get their name when they are whole.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] when it was there, and whatever the file system says.
pub fn create_whole(path: &Path, bytes: &[u8], draft: &str) -> io::Result<()> {
    let draft = path.with_file_name(format!(".draft-{draft}"));
    let written = create_file(&draft).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let named = written.and_then(|()| fs::hard_link(&draft, path));
    fs::remove_file(&draft)?;
    named?;
    File::open(path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))?
        .sync_all()
}

/// Creates a folder and those above it; one that is there stays as it is.
///
/// # Errors
/// Whatever the file system says.
pub fn create_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(FOLDER).create(path)
}

/// Takes a file or folder away from everybody but its owner; says whether others could open it before.
///
/// # Errors
/// [`io::ErrorKind::NotFound`] when it is not there, and whatever the file system says.
pub fn close(path: &Path) -> io::Result<bool> {
    let found = fs::symlink_metadata(path)?;
    let is_open = found.permissions().mode() & 0o077 != 0;
    if is_open && !found.is_symlink() {
        fs::set_permissions(path, Permissions::from_mode(if found.is_dir() { FOLDER } else { FILE }))?;
    }
    Ok(is_open)
}

/// [`close`] for a folder and all that is in it. A folder that is closed already is taken to be closed throughout, so
/// that this costs something only once.
///
/// # Errors
/// As [`close`].
pub fn close_tree(folder: &Path) -> io::Result<()> {
    if close(folder)? { close_contents(folder) } else { Ok(()) }
}

fn close_contents(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        match close(&entry.path()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue, // a draft that got its name
            closed => closed?,
        };
        if entry.file_type()?.is_dir() {
            close_contents(&entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn what_is_made_here_is_closed_from_the_start() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("a/b");
        create_folder(&folder).unwrap();
        create_file(&folder.join("c")).unwrap();
        let modes = [root.path().join("a"), folder.clone(), folder.join("c")].map(|path| mode(&path));
        assert_eq!(modes, [FOLDER, FOLDER, FILE]);
    }

    #[test]
    fn a_tree_that_others_could_read_is_closed_to_its_leaves_and_links_out_of_it_are_left_alone() {
        let (root, outside) = (tempfile::tempdir().unwrap(), tempfile::NamedTempFile::new().unwrap());
        let (folder, open) = (root.path().join("files"), Permissions::from_mode(0o644));
        fs::create_dir_all(folder.join("deep")).unwrap();
        fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
        fs::write(folder.join("deep/night"), "x").unwrap();
        for file in [folder.join("deep/night"), outside.path().to_owned()] {
            fs::set_permissions(file, open.clone()).unwrap();
        }
        std::os::unix::fs::symlink(outside.path(), folder.join("link")).unwrap();
        close_tree(&folder).unwrap();
        let modes = [folder.clone(), folder.join("deep"), folder.join("deep/night")].map(|path| mode(&path));
        assert_eq!((modes, mode(outside.path())), ([FOLDER, FOLDER, FILE], 0o644));
    }
}
