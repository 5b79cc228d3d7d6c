//! Makes sure the folder of browser code exists, so that the platform builds before that code does.

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=web/dist");
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=templates");
    std::fs::create_dir_all("web/dist")
}
