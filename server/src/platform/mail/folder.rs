//! Mails as files: one `.eml` each, which mail programs open.

use std::io::{self, Write as _};
use std::path::Path;

use super::message::message;
use super::model::{Mail, MailSettings, NotCarried};
use crate::platform::private;

/// A mail that was written before is written again under the same name, and is there once. Nobody finds half of one:
/// whoever looks for `.eml` sees it when it is whole.
pub(super) async fn send(folder: &Path, settings: &MailSettings, mail: &Mail) -> Result<(), NotCarried> {
    let (bytes, name) = (message(settings, mail)?.formatted(), mail.id.clone());
    let folder = folder.to_owned();
    let written = tokio::task::spawn_blocking(move || write(&folder, &name, &bytes)).await;
    let failed = |error: io::Error| NotCarried::for_now("mail-away", format!("the folder: {error}"));
    written.map_err(io::Error::other).and_then(|written| written).map_err(failed)
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    private::create_folder(folder)?;
    let (draft, whole) = (folder.join(format!("{name}.draft")), folder.join(format!("{name}.eml")));
    match std::fs::remove_file(&draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    private::create_file(&draft)?.write_all(bytes)?;
    std::fs::rename(&draft, whole)
}
