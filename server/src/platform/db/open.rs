//! Opening the database for an operator: a missing folder is made, and what goes wrong is said with its remedy.

use std::path::Path;

use super::{DatabaseUrl, Db, DbError};

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
        Self::connect(url).await.map_err(|error| OpenFailed::Database { kind: url.kind(), error })
    }
}

fn make_folder_for(database: &DatabaseUrl) -> Result<(), OpenFailed> {
    let DatabaseUrl::Sqlite(path) = database else { return Ok(()) };
    let Some(folder) = Path::new(path).parent() else { return Ok(()) };
    std::fs::create_dir_all(folder)
        .map_err(|error| OpenFailed::Folder { folder: folder.display().to_string(), error })
}
