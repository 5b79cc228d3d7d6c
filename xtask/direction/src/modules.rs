//! The modules of a crate: what each declares, imports and names.

use std::collections::{BTreeMap, VecDeque};

use anyhow::{Context, Result, bail};

use crate::{files::Files, reading};

/// Place of a module in [`Crate::modules`].
pub(crate) type ModuleId = usize;

/// All modules of one package: its library and its programs.
#[derive(Debug, Default)]
pub(crate) struct Crate {
    /// What the package calls its own library, `oxi_server`.
    pub(crate) name: String,
    pub(crate) modules: Vec<Module>,
    /// Every path somebody wrote.
    pub(crate) written: Vec<Written>,
}

/// One module; an inline module has the file it stands in.
#[derive(Debug)]
pub(crate) struct Module {
    pub(crate) file: String,
    pub(crate) parent: Option<ModuleId>,
    pub(crate) root: ModuleId,
    /// Names from the root, `["http", "listen"]`.
    pub(crate) path: Vec<String>,
    /// A name may mean several things: a module, a type, a function.
    pub(crate) names: BTreeMap<String, Vec<Meaning>>,
    /// Paths of `use path::*`.
    pub(crate) globs: Vec<Vec<String>>,
}

/// What a name stands for in the module that declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Something defined in the module's own file.
    Item,
    Module(ModuleId),
    /// `use` of this path.
    Import(Vec<String>),
}

/// A path as it stands in the source.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) module: ModuleId,
    pub(crate) segments: Vec<String>,
    pub(crate) line: usize,
    pub(crate) place: Place,
}

/// Where a path was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Use,
    /// `pub use`, with any visibility.
    ReExport,
    /// `use path::*`
    Glob,
    /// `pub use path::*`
    GlobReExport,
    /// An expression, a type, a pattern, an attribute, an argument of a macro.
    Code,
}

impl Crate {
    /// Reads the library and the program whose roots are among the files.
    pub(crate) fn read(name: &str, files: &Files) -> Result<Self> {
        let mut whole = Self { name: name.to_owned(), ..Self::default() };
        for root in ["lib.rs", "main.rs"] {
            if files.contains_key(root) {
                whole.read_from(root, files)?;
            }
        }
        if whole.modules.is_empty() {
            bail!("neither lib.rs nor main.rs");
        }
        Ok(whole)
    }

    fn read_from(&mut self, root: &str, files: &Files) -> Result<()> {
        let first = self.add(root.to_owned(), None, Vec::new());
        let mut waiting = VecDeque::from([first]);
        while let Some(module) = waiting.pop_front() {
            let file = self.modules[module].file.clone();
            let text = files.get(&file).with_context(|| format!("no file {file}"))?;
            let parsed = syn::parse_file(text).with_context(|| format!("{file} is no Rust"))?;
            waiting.extend(reading::module(self, module, &parsed));
        }
        Ok(())
    }

    pub(crate) fn add(&mut self, file: String, parent: Option<ModuleId>, path: Vec<String>) -> ModuleId {
        let id = self.modules.len();
        let root = parent.map_or(id, |parent| self.modules[parent].root);
        let (names, globs) = (BTreeMap::new(), Vec::new());
        self.modules.push(Module { file, parent, root, path, names, globs });
        id
    }

    /// Declares a child of `parent`; `inline` when its text stands in the parent's file.
    pub(crate) fn add_child(&mut self, parent: ModuleId, name: &str, inline: bool) -> ModuleId {
        let mut path = self.modules[parent].path.clone();
        path.push(name.to_owned());
        let file = if inline { self.modules[parent].file.clone() } else { format!("{}.rs", path.join("/")) };
        let child = self.add(file, Some(parent), path);
        self.means(parent, name, Meaning::Module(child));
        child
    }

    pub(crate) fn means(&mut self, module: ModuleId, name: &str, meaning: Meaning) {
        let meanings = self.modules[module].names.entry(name.to_owned()).or_default();
        if !meanings.contains(&meaning) {
            meanings.push(meaning);
        }
    }
}
