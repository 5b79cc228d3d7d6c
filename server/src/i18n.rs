//! The platform speaks Romanian and English. Every sentence lives in `server/locales/<language>/*.ftl`.

mod arg;
mod locale;
mod messages;
mod negotiate;
pub mod scripts;
pub mod wording;

pub use arg::Arg;
pub use locale::Locale;
pub use messages::{keys, message};
pub use negotiate::from_accept_language;
