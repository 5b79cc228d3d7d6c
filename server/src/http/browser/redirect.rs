//! Where a browser may be sent on to.

/// `next` if it is a path of this platform: never an address of another site.
pub fn local_path(next: &str) -> Option<&str> {
    let is_local =
        next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\n', '\r', '\t']);
    (is_local && next.is_ascii()).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_platform_are_followed() {
        assert_eq!(local_path("/recordings?x=1"), Some("/recordings?x=1"));
        for foreign in
            ["", "https://evil.example", "//evil.example", "/\\evil.example", "evil", "/\t/evil.example"]
        {
            assert_eq!(local_path(foreign), None, "{foreign:?}");
        }
    }
}
