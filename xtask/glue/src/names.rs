//! Gives what the module takes from its glue short names: the generated ones end in sixteen digits that no compression shortens.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use walrus::{Module, ModuleConfig};

/// How the generator's names begin.
const GENERATED: &str = "__wb";

/// Rewrites module and script alike.
pub(crate) fn shorten(module: &Path, script: &Path) -> Result<()> {
    let mut config = ModuleConfig::new();
    config.strict_validate(false).generate_producers_section(false);
    let mut parsed = config.parse_file(module).with_context(|| format!("reading {}", module.display()))?;
    let short = short_names(&parsed);
    for import in parsed.imports.iter_mut() {
        if let Some(name) = short.get(&import.name) {
            import.name.clone_from(name);
        }
    }
    fs::write(module, parsed.emit_wasm()).with_context(|| format!("writing {}", module.display()))?;
    let text = fs::read_to_string(script).with_context(|| format!("reading {}", script.display()))?;
    fs::write(script, replaced(&text, &short)).with_context(|| format!("writing {}", script.display()))
}

fn short_names(module: &Module) -> BTreeMap<String, String> {
    let generated =
        module.imports.iter().map(|import| &import.name).filter(|name| name.starts_with(GENERATED));
    generated.enumerate().map(|(number, name)| (name.clone(), format!("_{number}"))).collect()
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
