//! What is special about browsers: pages, forms that only the platform's own pages may send, cookies, built files.

pub mod assets;
pub mod cookies;
pub mod csrf;
pub mod once;
pub mod page;
pub mod redirect;
