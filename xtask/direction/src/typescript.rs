//! The arrows of a tree of TypeScript: imports of its own files.

use crate::{
    arrows::{Arrow, Graph},
    files::Files,
};

/// The graph of the files. Imports of types count: a file that names another's types follows its changes.
pub(crate) fn graph(files: &Files) -> Graph {
    let arrows = files.iter().flat_map(|(file, text)| {
        let imports = text.lines().enumerate().filter_map(|(at, line)| Some((at + 1, imported(line)?)));
        imports.filter_map(|(line, path)| {
            let to = target(files, file, path)?;
            Some(Arrow { from: file.clone(), to, line, path: path.to_owned() })
        })
    });
    Graph::new(files.keys().cloned(), arrows)
}

/// The relative path that the line imports from; the last line, of an import over several.
fn imported(line: &str) -> Option<&str> {
    let is_comment = ["//", "*", "/*"].iter().any(|mark| line.trim_start().starts_with(mark));
    let quoted = ["from ", "import ", "import("].iter().find_map(|word| {
        let rest = line.rsplit_once(word)?.1;
        let quote = rest.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
        rest.get(1..)?.split(quote).next()
    });
    quoted.filter(|path| path.starts_with('.') && !is_comment)
}

fn target(files: &Files, from: &str, path: &str) -> Option<String> {
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(folders.pop()),
            name => folders.push(name),
        }
    }
    let joined = folders.join("/");
    let written = joined.strip_suffix(".js").unwrap_or(&joined);
    let candidates = [joined.clone(), format!("{written}.ts"), format!("{written}/index.ts")];
    candidates.into_iter().find(|name| files.contains_key(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::made_up;

    fn arrows(text: &str) -> Vec<String> {
        let files =
            made_up(&[("ui/here.ts", text), ("ui/dom.ts", ""), ("chart.ts", ""), ("night/index.ts", "")]);
        graph(&files).arrows.iter().map(|arrow| format!("{} {}", arrow.line, arrow.to)).collect()
    }

    #[test]
    fn imports_of_every_form_are_found() {
        assert_eq!(arrows("import { a } from \"./dom\";"), ["1 ui/dom.ts"]);
        assert_eq!(arrows("import type {\n  A,\n} from '../chart';"), ["3 chart.ts"]);
        assert_eq!(arrows("export * from \"../night\";"), ["1 night/index.ts"]);
        assert_eq!(arrows("const late = await import(\"../chart.ts\");"), ["1 chart.ts"]);
        assert_eq!(arrows("import \"./dom.js\";"), ["1 ui/dom.ts"]);
    }

    #[test]
    fn packages_styles_and_comments_are_no_arrows() {
        assert!(
            arrows("import uPlot from \"uplot\";\nimport \"./night.css\";\n// as from \"./dom\"").is_empty()
        );
    }
}
