//! Opening the database for an operator: a missing folder is made, and what goes wrong is said with its remedy.

use std::ffi::OsStr;
use std::path::Path;
use std::{fs, io};

use secrecy::ExposeSecret as _;

use super::{DatabaseUrl, Db, DbError, tls};
use crate::platform::private;

/// Why the database could not be opened: a sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum OpenFailed {
    /// The folder of the SQLite file is not there and cannot be made.
    #[error("cannot create the folder {folder} for the database: {error}; choose another with DATA_DIR")]
    Folder {
        /// The folder.
        folder: String,
        /// Why not.
        #[source]
        error: std::io::Error,
    },
    /// The server offers no TLS, or none that can be trusted.
    #[error(
        "the PostgreSQL database refuses a protected connection: {error}; switch TLS on at the server, or, if nobody can \
         listen between it and this machine, set DATABASE_TLS=disable"
    )]
    Unprotected {
        /// Why not.
        #[source]
        error: DbError,
    },
    /// The server cannot be reached or refuses, or the file cannot be opened.
    #[error("cannot open the {kind} database: {error}; check DATABASE_URL")]
    Database {
        /// [`DatabaseUrl::kind`].
        kind: &'static str,
        /// Why not.
        #[source]
        error: DbError,
    },
}

impl Db {
    /// Opens the database and first makes the folder of a SQLite file.
    ///
    /// # Errors
    /// [`OpenFailed`] says what to do.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, OpenFailed> {
        make_folder_for(url)?;
        if let DatabaseUrl::Postgres(address) = url
            && tls::may_be_plain(address.expose_secret())
        {
            tracing::warn!(
                "what goes to PostgreSQL may be readable on the way: DATABASE_TLS=require protects it"
            );
        }
        Self::connect(url).await.map_err(|error| match error {
            DbError::Tls(_) => OpenFailed::Unprotected { error },
            _ => OpenFailed::Database { kind: url.kind(), error },
        })
    }
}

fn make_folder_for(database: &DatabaseUrl) -> Result<(), OpenFailed> {
    let DatabaseUrl::Sqlite(path) = database else { return Ok(()) };
    let Some(folder) = Path::new(path).parent() else { return Ok(()) };
    let failed = |error| OpenFailed::Folder { folder: folder.display().to_string(), error };
    private::create_folder(folder).map_err(failed)?;
    if let Err(error) = close_own_folder(folder, path) {
        tracing::warn!(%error, "other accounts of this machine may look into the folder of the database");
    }
    Ok(())
}

/// Closes a folder that an older version made and left open. A folder with anything else in it is somebody's: that
/// stays as it is.
fn close_own_folder(folder: &Path, database: &str) -> io::Result<()> {
    let Some(name) = Path::new(database).file_name().and_then(OsStr::to_str) else { return Ok(()) };
    for entry in fs::read_dir(folder)? {
        let entry = entry?.file_name();
        let is_own = entry.to_str().is_some_and(|entry| entry == FILES || entry.starts_with(name));
        if !is_own {
            return Ok(());
        }
    }
    private::close(folder).map(drop)
}

/// The folder of uploaded files beside the database.
const FILES: &str = "files";
/// What SQLite adds to the name of a database for the files beside it, which get the mode of the database.
const BESIDE: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// Creates the file of a SQLite database, or takes the one that is there, so that only its owner may open it.
pub(super) fn close_to_others(path: &str) {
    let closed = match private::create_file(Path::new(path)) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            BESIDE.into_iter().try_for_each(|end| match private::close(Path::new(&format!("{path}{end}"))) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                closed => closed.map(drop),
            })
        }
        created => created.map(drop),
    };
    if let Err(error) = closed {
        tracing::warn!(%error, "other accounts of this machine may be able to read the database");
    }
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    /// A folder of the name `data` that everybody may open, with these files in it.
    fn folder_with(files: &[&str]) -> (tempfile::TempDir, std::path::PathBuf) {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("data");
        fs::create_dir(&folder).unwrap();
        for file in files {
            fs::write(folder.join(file), "").unwrap();
            fs::set_permissions(folder.join(file), Permissions::from_mode(0o644)).unwrap();
        }
        fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
        (root, folder)
    }

    async fn open(folder: &Path) -> Db {
        let db = Db::open(&DatabaseUrl::Sqlite(folder.join("oxi.db").display().to_string())).await.unwrap();
        db.migrate().await.unwrap();
        db
    }

    #[tokio::test]
    async fn a_new_database_and_the_files_beside_it_are_closed_to_others() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("data");
        let _db = open(&folder).await;
        let modes = ["oxi.db", "oxi.db-wal", "oxi.db-shm"].map(|file| mode(&folder.join(file)));
        assert_eq!((mode(&folder), modes), (0o700, [0o600; 3]));
    }

    #[tokio::test]
    async fn a_database_that_an_older_version_left_open_is_closed() {
        let (_root, folder) = folder_with(&["oxi.db", "oxi.db-wal", "oxi.db-shm"]);
        let _db = open(&folder).await;
        let modes = ["oxi.db", "oxi.db-wal", "oxi.db-shm"].map(|file| mode(&folder.join(file)));
        assert_eq!((mode(&folder), modes), (0o700, [0o600; 3]));
    }

    #[tokio::test]
    async fn a_folder_that_others_use_too_stays_open_and_the_database_in_it_does_not() {
        let (_root, folder) = folder_with(&["letter.txt"]);
        let _db = open(&folder).await;
        assert_eq!((mode(&folder), mode(&folder.join("oxi.db"))), (0o755, 0o600));
        assert_eq!(mode(&folder.join("letter.txt")), 0o644);
    }
}
