//! The files that tell hosting platforms how to build and run the program.

use std::fs;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn railway_json_has_the_types_that_railway_accepts() {
    let config: serde_json::Value = serde_json::from_str(&read("railway.json")).unwrap();
    let deploy = &config["deploy"];
    for seconds in ["drainingSeconds", "overlapSeconds", "healthcheckTimeout", "restartPolicyMaxRetries"] {
        assert!(deploy[seconds].is_u64(), "{seconds} must be a JSON number");
    }
    assert_eq!(
        (&config["build"]["builder"], &deploy["healthcheckPath"]),
        (&"DOCKERFILE".into(), &"/health".into())
    );
    assert_eq!(
        (&deploy["restartPolicyType"], &deploy["restartPolicyMaxRetries"]),
        (&"ON_FAILURE".into(), &10.into())
    );
    assert!(deploy["preDeployCommand"].is_array());
}

#[test]
fn the_program_finishes_draining_before_railway_kills_it() {
    let config: serde_json::Value = serde_json::from_str(&read("railway.json")).unwrap();
    let variables = |name: &str| (name == "DATABASE_URL").then(|| "sqlite:x".to_owned());
    let ours = oxi_server::config::Config::from_lookup(variables).unwrap().listen_limits.drain;
    assert!(ours.as_secs() < config["deploy"]["drainingSeconds"].as_u64().unwrap());
}

#[test]
fn railway_ts_sets_what_survives_the_end_of_railway_json_as_variables() {
    let script = read(".railway/railway.ts");
    for name in [
        "RAILWAY_DEPLOYMENT_DRAINING_SECONDS: \"30\"",
        "RAILWAY_DEPLOYMENT_OVERLAP_SECONDS: \"20\"",
        "RAILWAY_HEALTHCHECK_TIMEOUT_SEC: \"120\"",
        "RAILWAY_DOCKERFILE_PATH: \"Dockerfile\"",
    ] {
        assert!(script.contains(name), "{name}");
    }
    for name in [
        "DATABASE_URL",
        "R2_ENDPOINT",
        "R2_BUCKET_NAME",
        "R2_ACCESS_KEY_ID",
        "R2_SECRET_ACCESS_KEY",
        "APP_URL",
        "ADMIN_EMAIL",
    ] {
        assert!(script.contains(name), "{name}");
    }
}

#[test]
fn the_image_runs_the_program_itself_as_an_ordinary_user() {
    let file = read("Dockerfile");
    let last_stage = file.rsplit("\nFROM ").next().unwrap();
    assert!(last_stage.lines().next().unwrap().contains(":nonroot"));
    assert!(last_stage.contains("ENTRYPOINT [\"/app/oxi\"]"), "exec form, or the stop signal never arrives");
    assert!(last_stage.contains("CMD [\"serve\"]"));
    assert!(!last_stage.contains("MALLOC_"), "the program's allocator needs no variable");
}

/// The allocator says itself which settings it has found, and where.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn the_program_brings_its_allocator_and_the_settings_of_it() {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_oxi"));
    let said = command.arg("--version").env("MALLOC_CONF", "confirm_conf:true").output().unwrap();
    let said = String::from_utf8(said.stderr).unwrap();
    let built_in = said.split("malloc_conf #3").next().unwrap();
    for setting in ["narenas:2", "dirty_decay_ms:1000", "muzzy_decay_ms:0", "background_thread:true"] {
        assert!(built_in.contains(&format!("Set conf value: {setting}\n")), "{setting}: {said}");
    }
}

#[test]
fn the_image_is_built_from_pinned_versions_and_the_locked_dependencies() {
    let file = read("Dockerfile");
    for line in file.lines().filter(|line| line.starts_with("FROM ")) {
        let image = line.split_whitespace().nth(1).unwrap();
        let is_stage = file.contains(&format!(" AS {image}\n"));
        assert!(is_stage || image.contains(':') && !image.ends_with(":latest"), "{line}");
    }
    for line in file.lines().filter(|line| line.contains("cargo build") || line.contains("cargo install")) {
        assert!(line.contains("--locked"), "{line}");
    }
    let toolchain = read("rust-toolchain.toml");
    let channel = toolchain.split("channel = \"").nth(1).unwrap().split('"').next().unwrap();
    assert!(file.contains(&format!("rust:{channel}-")), "the image's Rust is not the pinned one");
}

#[test]
fn everything_the_image_copies_exists() {
    let file = read("Dockerfile");
    for line in file.lines().filter(|line| line.starts_with("COPY ") && !line.contains("--from=")) {
        let words: Vec<_> = line.split_whitespace().skip(1).collect();
        for source in &words[..words.len() - 1] {
            assert!(root().join(source).exists(), "{line}");
        }
    }
}

#[test]
fn nothing_private_or_bulky_enters_the_build() {
    let ignored = read(".dockerignore");
    for name in [".git", "target", "data", ".env*", "**/node_modules"] {
        assert!(ignored.lines().any(|line| line == name), "{name}");
    }
}
