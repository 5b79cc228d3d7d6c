//! Takes the comments out of glue: the declarations beside it hold the same words for whoever reads them.

use std::{fs, path::Path};

use anyhow::{Context, Result};

/// Rewrites a generated script without comments that have lines of their own.
pub(crate) fn drop_from(script: &Path) -> Result<()> {
    let text = fs::read_to_string(script).with_context(|| format!("reading {}", script.display()))?;
    fs::write(script, without(&text)).with_context(|| format!("writing {}", script.display()))
}

/// A comment in `/* … */` on the first line stays: it tells Deno where the declarations are.
fn without(text: &str) -> String {
    let mut is_inside = false;
    let mut kept = String::with_capacity(text.len());
    for line in text.lines() {
        let trimmed = line.trim_start();
        is_inside |= trimmed.starts_with("/**");
        if !is_inside && !trimmed.starts_with("//") && !trimmed.is_empty() {
            kept.push_str(line);
            kept.push('\n');
        }
        is_inside &= !trimmed.ends_with("*/");
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_their_own_lines_go_and_code_stays() {
        let text = "/* @ts-self-types=\"./a.d.ts\" */\n/** One line. */\nlet a = 1; // kept\n\n/**\n * Many.\n */\n  // own\nb();\n";
        assert_eq!(without(text), "/* @ts-self-types=\"./a.d.ts\" */\nlet a = 1; // kept\nb();\n");
    }
}
