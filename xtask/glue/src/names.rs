//! Gives what module and glue take from each other short names: the generated ones end in sixteen digits that no compression
//! shortens, or say again what the class says.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use walrus::{Module, ModuleConfig};

/// How the generator's names of imports begin.
const GENERATED: &str = "__wb";
/// Keeps its name: tools look for it.
const MEMORY: &str = "memory";

/// Rewrites the module and the `texts` of one folder alike. An export that none of them mentions goes.
pub(crate) fn shorten(folder: &Path, module: &str, texts: &[&str]) -> Result<()> {
    let file = folder.join(module);
    let mut config = ModuleConfig::new();
    config.strict_validate(false).generate_producers_section(false);
    let mut parsed = config.parse_file(&file).with_context(|| format!("reading {}", file.display()))?;
    let before = texts.iter().map(|text| read(&folder.join(text))).collect::<Result<Vec<_>>>()?;
    drop_unmentioned(&mut parsed, &before);
    let short = short_names(&parsed, &before);
    let imports = parsed.imports.iter_mut().map(|import| &mut import.name);
    for name in imports.chain(parsed.exports.iter_mut().map(|export| &mut export.name)) {
        if let Some(other) = short.get(name) {
            name.clone_from(other);
        }
    }
    write(&file, parsed.emit_wasm())?;
    texts
        .iter()
        .zip(before)
        .try_for_each(|(text, before)| write(&folder.join(text), replaced(&before, &short)))
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))
}

fn write(file: &Path, contents: impl AsRef<[u8]>) -> Result<()> {
    fs::write(file, contents).with_context(|| format!("writing {}", file.display()))
}

fn drop_unmentioned(module: &mut Module, texts: &[String]) {
    let is_unmentioned = |name: &str| !texts.iter().any(|text| text.contains(name));
    let unmentioned = module.exports.iter().filter(|export| is_unmentioned(&export.name));
    for id in unmentioned.map(|export| export.id()).collect::<Vec<_>>() {
        module.exports.delete(id);
    }
}

/// A function of the package's own is exported by the name that its callers import, in the glue and in the module alike: it keeps it.
fn short_names(module: &Module, texts: &[String]) -> BTreeMap<String, String> {
    let is_called = |name: &str| texts.iter().any(|text| text.contains(&format!("export function {name}(")));
    let imports = module.imports.iter().map(|import| &import.name).filter(|name| name.starts_with(GENERATED));
    let exports =
        module.exports.iter().map(|export| &export.name).filter(|name| *name != MEMORY && !is_called(name));
    imports.chain(exports).enumerate().map(|(number, name)| (name.clone(), format!("_{number}"))).collect()
}

/// Whole identifiers only.
fn replaced(text: &str, short: &BTreeMap<String, String>) -> String {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "_$".contains(letter);
    let words = text.split_inclusive(|letter| !is_part(letter));
    let mut out = String::with_capacity(text.len());
    for word in words {
        let name = word.trim_end_matches(|letter| !is_part(letter));
        out.push_str(short.get(name).map_or(name, String::as_str));
        out.push_str(&word[name.len()..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_replaced_and_their_beginnings_are_not() {
        let short = BTreeMap::from([("__wbg_new_12".to_owned(), "_0".to_owned())]);
        let text = "f(__wbg_new_12, __wbg_new_123) { '__wbg_new_12': a.__wbg_new_12 }";
        assert_eq!(replaced(text, &short), "f(_0, __wbg_new_123) { '_0': a._0 }");
    }
}
