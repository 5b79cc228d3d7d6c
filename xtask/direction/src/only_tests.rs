//! What is compiled for tests alone.

use syn::{Attribute, Item, Meta};

use crate::reading::inner;

/// Whether a `#[cfg]` leaves the thing out of every build but a test's.
pub(crate) fn says(attributes: &[Attribute]) -> bool {
    let cfgs = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let lists = cfgs.filter_map(|attribute| attribute.meta.require_list().ok());
    lists.flat_map(inner).any(|condition| without_tests(&condition) == Some(false))
}

/// What a condition is when `test` is not set; `None` when something else decides.
fn without_tests(condition: &Meta) -> Option<bool> {
    match condition {
        Meta::Path(path) if path.is_ident("test") => Some(false),
        Meta::List(list) => {
            let parts: Vec<Option<bool>> = inner(list).iter().map(without_tests).collect();
            if list.path.is_ident("not") {
                parts.first().copied().flatten().map(|part| !part)
            } else if list.path.is_ident("all") {
                together(&parts, false)
            } else {
                together(&parts, true)
            }
        }
        _ => None,
    }
}

/// `deciding` if one part is that; the other if all parts are; else unknown.
fn together(parts: &[Option<bool>], deciding: bool) -> Option<bool> {
    if parts.contains(&Some(deciding)) {
        Some(deciding)
    } else if parts.contains(&None) {
        None
    } else {
        Some(!deciding)
    }
}

/// The attributes of an item of any kind.
pub(crate) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_out(source: &str) -> bool {
        says(attributes(&syn::parse_str::<Item>(source).unwrap()))
    }

    #[test]
    fn what_needs_the_test_build_is_left_out() {
        assert!(left_out("#[cfg(test)] mod tests {}"));
        assert!(left_out("#[cfg(all(test, feature = \"alloc\"))] mod tests {}"));
    }

    #[test]
    fn what_another_build_has_as_well_is_read() {
        assert!(!left_out("#[cfg(any(test, feature = \"testing\"))] mod testing {}"));
        assert!(!left_out("#[cfg(not(test))] mod real {}"));
        assert!(!left_out("#[cfg(feature = \"edf\")] mod edf {}"));
        assert!(!left_out("mod plain {}"));
    }
}
