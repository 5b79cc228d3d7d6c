//! Texts that people type.

/// The text without blanks around it, if it is one line of 1 to `most` characters.
pub fn one_line(text: &str, most: usize) -> Option<&str> {
    let text = text.trim();
    let fits = (1..=most).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    fits.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_and_not_bytes() {
        assert_eq!(one_line("  ștă ", 3), Some("ștă"));
        for other in ["", "  ", "abcd", "a\nb", "a\tb"] {
            assert_eq!(one_line(other, 3), None, "{other:?}");
        }
    }
}
