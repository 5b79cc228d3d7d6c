//! Reads one file: its declarations, its imports, and every path in it. What exists for tests alone is left out.

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, ImplItem, Item, Meta, TraitItem, UseTree, Visibility,
    punctuated::Punctuated,
    visit::{self, Visit},
};

use crate::{
    modules::{Crate, Meaning, ModuleId, Place, Written},
    only_tests, tokens,
};

/// Adds what `parsed` holds to `whole`; answers the modules it declares in files of their own.
pub(crate) fn module(whole: &mut Crate, module: ModuleId, parsed: &syn::File) -> Vec<ModuleId> {
    let mut reader = Reader { whole, module, declared: Vec::new() };
    reader.visit_file(parsed);
    reader.declared
}

struct Reader<'c> {
    whole: &'c mut Crate,
    /// The module being read: inline modules change it.
    module: ModuleId,
    declared: Vec<ModuleId>,
}

impl Reader<'_> {
    fn write(&mut self, segments: Vec<String>, line: usize, place: Place) {
        self.whole.written.push(Written { module: self.module, segments, line, place });
    }

    fn item(&mut self, name: &syn::Ident) {
        self.whole.means(self.module, &plain(name), Meaning::Item);
    }

    fn declare(&mut self, item: &Item) {
        match item {
            Item::Const(item) => self.item(&item.ident),
            Item::Enum(item) => self.item(&item.ident),
            Item::Fn(item) => self.item(&item.sig.ident),
            Item::Static(item) => self.item(&item.ident),
            Item::Struct(item) => self.item(&item.ident),
            Item::Trait(item) => self.item(&item.ident),
            Item::TraitAlias(item) => self.item(&item.ident),
            Item::Type(item) => self.item(&item.ident),
            Item::Union(item) => self.item(&item.ident),
            Item::Macro(item) => item.ident.iter().for_each(|name| self.item(name)),
            _ => {}
        }
    }

    fn import(&mut self, tree: &UseTree, above: &[String], public: bool) {
        let under = |name: &syn::Ident| above.iter().cloned().chain([plain(name)]).collect::<Vec<_>>();
        match tree {
            UseTree::Path(path) => self.import(&path.tree, &under(&path.ident), public),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree, above, public)),
            UseTree::Name(name) if name.ident == "self" => {
                self.bring(above.last().cloned(), above.to_vec(), line(&name.ident), public);
            }
            UseTree::Name(name) => {
                self.bring(Some(plain(&name.ident)), under(&name.ident), line(&name.ident), public);
            }
            UseTree::Rename(name) => {
                let path = if name.ident == "self" { above.to_vec() } else { under(&name.ident) };
                self.bring(Some(plain(&name.rename)), path, line(&name.ident), public);
            }
            UseTree::Glob(glob) => {
                let place = if public { Place::GlobReExport } else { Place::Glob };
                let star = glob.star_token.spans.first().map_or(0, |span| span.start().line);
                self.write(above.to_vec(), star, place);
                self.whole.modules[self.module].globs.push(above.to_vec());
            }
        }
    }

    fn bring(&mut self, name: Option<String>, path: Vec<String>, line: usize, public: bool) {
        if let Some(name) = name.filter(|name| name != "_") {
            self.whole.means(self.module, &name, Meaning::Import(path.clone()));
        }
        self.write(path, line, if public { Place::ReExport } else { Place::Use });
    }

    fn tokens(&mut self, tokens: TokenStream) {
        for (segments, line) in tokens::paths(tokens) {
            self.write(segments, line, Place::Code);
        }
    }

    /// Serde and others name functions in texts: `with = "crate::time::as_text"`.
    fn texts(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    if let Some(segments) = tokens::path_in_text(&text) {
                        self.write(segments, literal.span().start().line, Place::Code);
                    }
                }
                TokenTree::Group(group) => self.texts(group.stream()),
                _ => {}
            }
        }
    }
}

impl<'a> Visit<'a> for Reader<'_> {
    fn visit_item(&mut self, item: &'a Item) {
        if !only_tests::says(only_tests::attributes(item)) {
            self.declare(item);
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item(&mut self, item: &'a ImplItem) {
        if !matches!(item, ImplItem::Fn(function) if only_tests::says(&function.attrs)) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_trait_item(&mut self, item: &'a TraitItem) {
        if !matches!(item, TraitItem::Fn(function) if only_tests::says(&function.attrs)) {
            visit::visit_trait_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'a syn::ItemMod) {
        let child = self.whole.add_child(self.module, &plain(&item.ident), item.content.is_some());
        let Some((_, items)) = &item.content else {
            self.declared.push(child);
            return;
        };
        let outer = std::mem::replace(&mut self.module, child);
        items.iter().for_each(|item| self.visit_item(item));
        self.module = outer;
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        if item.leading_colon.is_none() {
            self.import(&item.tree, &[], !matches!(item.vis, Visibility::Inherited));
        }
    }

    fn visit_item_macro(&mut self, item: &'a syn::ItemMacro) {
        self.visit_macro(&item.mac);
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        if let (None, Some(first)) = (&path.leading_colon, path.segments.first()) {
            let segments = path.segments.iter().map(|segment| plain(&segment.ident)).collect();
            self.write(segments, line(&first.ident), Place::Code);
        }
        visit::visit_path(self, path);
    }

    /// A pattern of one word may be a constant or a unit struct.
    fn visit_pat_ident(&mut self, pattern: &'a syn::PatIdent) {
        let name = plain(&pattern.ident);
        if name.starts_with(char::is_uppercase) {
            self.write(vec![name], line(&pattern.ident), Place::Code);
        }
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_macro(&mut self, mac: &'a syn::Macro) {
        self.visit_path(&mac.path);
        self.tokens(mac.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'a Attribute) {
        if attribute.path().is_ident("doc") || attribute.path().is_ident("cfg") {
            return;
        }
        match &attribute.meta {
            Meta::List(list) => {
                self.visit_path(&list.path);
                self.tokens(list.tokens.clone());
                self.texts(list.tokens.clone());
            }
            meta => visit::visit_meta(self, meta),
        }
    }

    /// The path of `pub(in path)` names an ancestor and needs nothing from it.
    fn visit_vis_restricted(&mut self, _: &'a syn::VisRestricted) {}
}

/// The name without the mark of a keyword used as a name.
fn plain(name: &syn::Ident) -> String {
    let text = name.to_string();
    text.strip_prefix("r#").map_or_else(|| text.clone(), str::to_owned)
}

fn line(name: &syn::Ident) -> usize {
    name.span().start().line
}

/// The conditions between the brackets of `cfg(...)`, `all(...)`, `any(...)`.
pub(crate) fn inner(list: &syn::MetaList) -> Vec<Meta> {
    let parser = Punctuated::<Meta, syn::Token![,]>::parse_terminated;
    list.parse_args_with(parser).map(|metas| metas.into_iter().collect()).unwrap_or_default()
}
