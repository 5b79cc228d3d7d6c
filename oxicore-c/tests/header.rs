//! The header that is kept is the one that the crate makes.

use std::path::Path;
use std::{env, fs};

#[test]
fn the_header_is_current() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = cbindgen::Config::from_file(root.join("cbindgen.toml")).unwrap();
    let builder = cbindgen::Builder::new().with_config(config).with_src(root.join("src/lib.rs"));
    let mut made = Vec::new();
    builder.generate().unwrap().write(&mut made);
    let (kept, made) = (root.join("include/oxicore.h"), String::from_utf8(made).unwrap());
    if env::var_os("OXI_BLESS").is_some() {
        fs::write(&kept, &made).unwrap();
    }
    assert_eq!(fs::read_to_string(kept).unwrap(), made, "run with OXI_BLESS=1");
}
