//! Paths among the tokens of a macro's argument, which are no syntax yet.

use proc_macro2::{TokenStream, TokenTree};

/// Every run of names with `::` between them, with its line. A name after a dot is a field or a method.
pub(crate) fn paths(tokens: TokenStream) -> Vec<(Vec<String>, usize)> {
    let mut found = Vec::new();
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(tree) = trees.get(at) {
        match tree {
            TokenTree::Group(group) => found.extend(paths(group.stream())),
            TokenTree::Ident(name) if starts_a_path(&trees, at) => {
                let segments = run(&trees, at);
                at += (segments.len() - 1) * STEP;
                found.push((segments, name.span().start().line));
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Tokens from one name of a path to the next: the name and two colons.
const STEP: usize = 3;

fn starts_a_path(trees: &[TokenTree], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|index| trees.get(index));
    match before(1) {
        Some(TokenTree::Punct(mark)) if mark.as_char() == '.' => is_mark(before(2), '.'),
        // `::name` is another crate, `Type::<T>::name` goes on with what was judged already.
        Some(TokenTree::Punct(mark)) if mark.as_char() == ':' => !is_mark(before(2), ':'),
        Some(TokenTree::Punct(mark)) => mark.as_char() != '\'',
        _ => true,
    }
}

fn run(trees: &[TokenTree], start: usize) -> Vec<String> {
    let mut segments = Vec::new();
    let mut at = start;
    while let Some(TokenTree::Ident(name)) = trees.get(at) {
        let text = name.to_string();
        segments.push(text.strip_prefix("r#").unwrap_or(&text).to_owned());
        if !(is_mark(trees.get(at + 1), ':') && is_mark(trees.get(at + 2), ':')) {
            break;
        }
        at += STEP;
    }
    segments
}

fn is_mark(tree: Option<&TokenTree>, wanted: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(mark)) if mark.as_char() == wanted)
}

/// The path in a text literal, if it holds nothing else: `"crate::time::as_text"`.
pub(crate) fn path_in_text(literal: &str) -> Option<Vec<String>> {
    let text = literal.strip_prefix('"')?.strip_suffix('"')?;
    let path: syn::Path = syn::parse_str(text).ok().filter(|_| text.contains("::"))?;
    Some(path.segments.iter().map(|segment| segment.ident.to_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(tokens: &str) -> Vec<String> {
        paths(tokens.parse().unwrap()).into_iter().map(|(segments, _)| segments.join("::")).collect()
    }

    #[test]
    fn paths_are_found_at_any_depth() {
        assert_eq!(found("a, (crate::b::c(super::d), [e::f])"), ["a", "crate::b::c", "super::d", "e::f"]);
    }

    #[test]
    fn fields_methods_and_lifetimes_are_no_paths() {
        assert_eq!(found("x.field.method() , &'a y"), ["x", "y"]);
    }

    #[test]
    fn a_range_ends_in_a_path() {
        assert_eq!(found("0..limit"), ["limit"]);
    }

    #[test]
    fn a_path_of_another_crate_and_what_follows_type_arguments_are_passed_over() {
        assert_eq!(found("::std::mem::take(x)"), ["x"]);
        assert_eq!(found("Vec::<T>::new()"), ["Vec", "T"]);
    }

    #[test]
    fn a_text_that_is_a_path_is_one() {
        assert_eq!(path_in_text("\"crate::time::text\"").unwrap(), ["crate", "time", "text"]);
        assert_eq!(path_in_text("\"two words::or more\""), None);
        assert_eq!(path_in_text("\"kebab-case\""), None);
    }
}
