//! The rules on small made-up trees.

use crate::{
    arrows,
    files::made_up,
    judge::{self, Tree},
    modules::Crate,
    show,
    table::Table,
};

/// Rooms a, b, c, d from left to right.
const ORDER: &str = "order = [['a'], ['b'], ['c'], ['d'], ['lib']]";

fn tree(order: &str, files: &[(&str, &str)]) -> Tree {
    let whole = Crate::read("house", &made_up(files)).unwrap();
    Tree {
        folder: "src".to_owned(),
        table_file: "direction.toml".to_owned(),
        table: Table::parse(order).unwrap(),
        graph: arrows::of(&whole),
    }
}

/// Arrows as `from:line -> to`.
fn arrows(files: &[(&str, &str)]) -> Vec<String> {
    let arrows = tree(ORDER, files).graph.arrows;
    arrows.iter().map(|arrow| format!("{}:{} -> {}", arrow.from, arrow.line, arrow.to)).collect()
}

/// What is said of a left room `a` with this text, beside a right room `b` that defines `Thing` and `thing`.
fn said_of(a: &str) -> Vec<String> {
    let b = "pub struct Thing; pub fn thing() {}";
    let order = "order = [['a'], ['b'], ['lib']]";
    judge::complaints(&tree(order, &[("lib.rs", "mod a; pub mod b;"), ("a.rs", a), ("b.rs", b)]))
}

#[track_caller]
fn is_back_arrow(a: &str, line: usize, path: &str) {
    let said = said_of(a);
    let wanted = format!(
        "src/a.rs:{line}: `{path}` leads from a to b (b.rs), which stands to the right of it; \
         a room uses only what stands to its left (direction.toml)"
    );
    assert_eq!(said, [wanted], "{a}");
}

#[test]
fn a_back_arrow_through_use_is_found() {
    is_back_arrow("\nuse crate::b::Thing;\nfn f(_: Thing) {}", 2, "crate::b::Thing");
    is_back_arrow("use crate::{b::{Thing as Other}};", 1, "crate::b::Thing");
    is_back_arrow("use super::b::*;", 1, "super::b");
    is_back_arrow("use crate::b;\nfn f() {\n b::thing() }", 3, "b::thing");
    is_back_arrow("use crate::b::{self as right};\nfn f() { right::thing() }", 2, "right::thing");
    is_back_arrow("fn f() {\n use house::b::thing; }", 2, "house::b::thing");
}

#[test]
fn a_back_arrow_through_a_path_is_found_wherever_it_stands() {
    is_back_arrow("fn f() {\n crate::b::thing() }", 2, "crate::b::thing");
    is_back_arrow("fn f(_: Option<\nsuper::b::Thing>) {}", 2, "super::b::Thing");
    is_back_arrow("fn f(x: X) { match x {\n crate::b::Thing => {} } }", 2, "crate::b::Thing");
    is_back_arrow("fn f() { <crate::b::Thing as Clone>::clone() }", 1, "crate::b::Thing");
    is_back_arrow("mod inner { fn f() { super::super::b::thing() } }", 1, "super::super::b::thing");
    is_back_arrow("impl Clone for crate::b::Thing {}", 1, "crate::b::Thing");
}

#[test]
fn a_back_arrow_through_a_macro_is_found() {
    is_back_arrow("fn f() {\n vec![1,\n crate::b::thing()] }", 3, "crate::b::thing");
    is_back_arrow("macro_rules! m { () => { $crate::b::thing() } }", 1, "crate::b::thing");
}

#[test]
fn a_back_arrow_through_an_attribute_is_found() {
    is_back_arrow("#[derive(crate::b::Thing)] struct A;", 1, "crate::b::Thing");
    is_back_arrow("struct A { #[serde(with = \"crate::b::thing\")] x: u8 }", 1, "crate::b::thing");
}

#[test]
fn words_and_documentation_are_no_arrows() {
    assert!(said_of("/// See [`crate::b::Thing`].\nfn f() { log(\"crate::b::thing\") }").is_empty());
}

#[test]
fn what_is_for_tests_alone_is_not_read() {
    assert!(said_of("#[cfg(test)]\nmod tests { use crate::b::Thing; }").is_empty());
    assert!(said_of("#[cfg(test)] use crate::b::Thing;").is_empty());
    assert!(said_of("struct A; impl A { #[cfg(test)] fn f() { crate::b::thing() } }").is_empty());
    assert!(!said_of("#[cfg(not(test))] use crate::b::Thing;").is_empty());
}

#[test]
fn a_thing_shown_elsewhere_counts_for_the_file_that_defines_it() {
    let root = "mod a; mod b; pub use b::Thing;";
    let files = [("lib.rs", root), ("a.rs", "use crate::Thing;"), ("b.rs", "mod c; pub use c::Thing;")];
    let files = [files.as_slice(), &[("b/c.rs", "pub struct Thing;")]].concat();
    assert_eq!(arrows(&files), ["a.rs:1 -> b/c.rs"]);
}

#[test]
fn renames_and_globs_are_followed() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c; pub use b::*;"),
        ("a.rs", "fn f(_: crate::Shown) {}"),
        ("b.rs", "pub use crate::c::Thing as Shown;"),
        ("c.rs", "pub struct Thing;"),
    ];
    assert_eq!(arrows(&files), ["a.rs:1 -> c.rs", "b.rs:1 -> c.rs"]);
}

#[test]
fn a_name_of_a_glob_counts_for_the_file_that_defines_it() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "mod c; pub use c::Thing;"),
        ("a/c.rs", "pub struct Thing;"),
        ("b.rs", "use crate::a::*;\nfn f() -> Thing { Thing }"),
    ];
    assert_eq!(arrows(&files), ["b.rs:1 -> a.rs", "b.rs:2 -> a/c.rs"]);
}

#[test]
fn a_facade_makes_no_circle_and_may_show_only_its_own() {
    let facade = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "mod one; mod two; pub use one::One; pub(crate) use two::Two;"),
        ("a/one.rs", "pub struct One;"),
        ("a/two.rs", "use super::One;\npub struct Two(One);"),
        ("b.rs", "pub use crate::a::Two;"),
    ];
    assert_eq!(arrows(&facade), ["a/two.rs:1 -> a/one.rs", "b.rs:1 -> a/two.rs"]);
}

#[test]
fn a_facade_that_uses_what_it_shows_has_an_arrow() {
    let files = [
        ("lib.rs", "mod a;"),
        ("a.rs", "mod one;\npub use one::One;\nfn f(_: One) {}"),
        ("a/one.rs", "pub struct One;"),
    ];
    assert_eq!(arrows(&files), ["a.rs:3 -> a/one.rs"]);
}

#[test]
fn a_module_and_a_function_of_one_name_are_told_apart() {
    let files = [
        ("lib.rs", "mod a; mod join; pub use join::join;"),
        ("a.rs", "fn f(_: crate::join::Join) {}"),
        ("join.rs", "mod parts; pub use parts::Join; pub fn join() {}"),
        ("join/parts.rs", "pub struct Join;"),
    ];
    assert_eq!(arrows(&files), ["a.rs:1 -> join/parts.rs"]);
}

#[test]
fn what_a_macro_made_counts_for_its_module() {
    let files =
        [("lib.rs", "mod a; mod b;"), ("a.rs", "use crate::b::Made;"), ("b.rs", "include!(\"made.rs\");")];
    assert_eq!(arrows(&files), ["a.rs:1 -> b.rs"]);
}

#[test]
fn names_of_other_crates_are_passed_over() {
    let files = [
        ("lib.rs", "mod a; mod time;"),
        ("a.rs", "use time::Date; use ::time::Time; fn f(_: std::time::Instant) {}"),
        ("time.rs", "pub struct Date;"),
    ];
    assert!(arrows(&files).is_empty());
}

#[test]
fn re_exports_in_a_circle_end() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "pub use crate::b::*;"),
        ("b.rs", "pub use crate::a::*; use crate::a::X;"),
    ];
    assert_eq!(arrows(&files), ["a.rs:1 -> b.rs", "b.rs:1 -> a.rs"].map(str::to_owned).to_vec());
}

#[test]
fn a_program_names_its_library() {
    let files =
        [("lib.rs", "pub mod a;"), ("main.rs", "fn main() { house::a::run() }"), ("a.rs", "pub fn run() {}")];
    assert_eq!(arrows(&files), ["main.rs:1 -> a.rs"]);
}

#[test]
fn rooms_beside_each_other_are_strangers_unless_listed() {
    let files =
        [("lib.rs", "mod a; mod b;"), ("a.rs", "use crate::b::Thing;"), ("b.rs", "pub struct Thing;")];
    let said = judge::complaints(&tree("order = [['a', 'b'], ['lib']]", &files));
    assert!(said[0].contains("stands beside it"), "{said:?}");
    let listed = "order = [['a', 'b'], ['lib']]\nbeside = [['a', 'b']]";
    assert!(judge::complaints(&tree(listed, &files)).is_empty());
}

#[test]
fn a_file_without_a_room_and_a_room_without_a_file_are_told() {
    let said = judge::complaints(&tree("order = [['a'], ['b']]", &[("lib.rs", "mod a;"), ("a.rs", "")]));
    let wanted =
        ["src/lib.rs: no room of direction.toml holds it", "direction.toml: no file is in the room \"b\""];
    assert_eq!(said, wanted);
}

#[test]
fn a_tree_without_a_stated_order_is_told_and_can_be_listed() {
    let mut tree =
        tree(ORDER, &[("lib.rs", "mod a; mod b;"), ("a.rs", "use crate::b::T;"), ("b.rs", "pub struct T;")]);
    tree.table = Table::of_top_names(&tree.graph.files);
    assert_eq!(judge::complaints(&tree), ["src: no direction.toml states its order"]);
    assert!(show::listing(&tree).contains("  a -> b 1\n"));
}

/// `a` uses the first of its files, each file the next, and the last the first again.
fn circle(files: usize) -> Vec<(String, String)> {
    let name = |n: usize| ["one", "two", "three", "four"][n % files];
    let mut all = vec![("lib.rs".to_owned(), "mod a;".to_owned())];
    let declared: String = (0..files).map(|n| format!("mod {};", name(n))).collect();
    all.push(("a.rs".to_owned(), declared));
    all.extend((0..files).map(|n| {
        let text = format!("pub struct Thing(super::{}::Thing);", name(n + 1));
        (format!("a/{}.rs", name(n)), text)
    }));
    all
}

fn said_of_circle(files: usize, more: &str) -> Vec<String> {
    let owned = circle(files);
    let lent: Vec<(&str, &str)> = owned.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    judge::complaints(&tree(&format!("order = [['a'], ['lib']]\n{more}"), &lent))
}

#[test]
fn a_circle_of_three_files_may_be() {
    assert!(said_of_circle(3, "").is_empty());
}

#[test]
fn a_circle_of_four_files_is_told_with_its_arrows() {
    let said = said_of_circle(4, "");
    let [circle] = said.as_slice() else { panic!("{said:?}") };
    assert!(circle.starts_with("src: 4 files use each other in a circle, more than 3:"), "{circle}");
    assert!(circle.contains("\n    src/a/one.rs:1: `super::two::Thing` leads to a/two.rs"), "{circle}");
}

#[test]
fn a_listed_circle_may_be_larger_as_long_as_no_other_file_joins() {
    let listed = "[[circle]]\nreason = 'Why'\nfiles = ['a/one.rs', 'a/two.rs', 'a/three.rs', 'a/four.rs']";
    assert!(said_of_circle(4, listed).is_empty());
    let short = "[[circle]]\nreason = 'Why'\nfiles = ['a/one.rs', 'a/two.rs', 'a/three.rs']";
    assert_eq!(said_of_circle(4, short).len(), 1);
}

#[test]
fn exceptions_are_two_at_most_and_argued() {
    let entry = "[[circle]]\nreason = 'The knot of one'\nfiles = ['a.rs']\n";
    let with = |count: usize| {
        let order = format!("order = [['a'], ['lib']]\n{}", entry.repeat(count));
        [tree(&order, &[("lib.rs", "mod a;"), ("a.rs", "")])]
    };
    assert!(judge::unargued(&with(2), "### The knot of one\nbecause").is_empty());
    assert_eq!(judge::unargued(&with(1), "nothing").len(), 1);
    assert_eq!(judge::unargued(&with(3), "The knot of one"), ["3 circles are excepted, more than 2"]);
}
