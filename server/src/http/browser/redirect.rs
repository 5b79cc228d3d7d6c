//! Where a browser may be sent on to.

/// `next` if it is a path of this platform: never an address of another site.
pub fn local_path(next: &str) -> Option<&str> {
    let is_local = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    let is_plain = next.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    (is_local && is_plain).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_platform_are_followed() {
        assert_eq!(local_path("/recordings?x=1"), Some("/recordings?x=1"));
        for foreign in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "evil",
            "/\t/evil.example",
            "/\0",
            "/\u{7f}",
        ] {
            assert_eq!(local_path(foreign), None, "{foreign:?}");
        }
    }
}
