//! The command line.

use std::path::PathBuf;

/// What was asked for.
#[derive(Default)]
pub(crate) struct Words {
    pub(crate) out: PathBuf,
    pub(crate) page: Option<PathBuf>,
    pub(crate) numbers: Option<PathBuf>,
    pub(crate) toolbox: Option<PathBuf>,
    pub(crate) also: Vec<PathBuf>,
    pub(crate) plotly: Option<PathBuf>,
    only: Vec<String>,
}

impl Words {
    pub(crate) fn read(words: &[&str]) -> Result<Self, String> {
        let mut read = Self::default();
        let mut words = words.iter();
        while let Some(option) = words.next() {
            let value = words.next().ok_or_else(|| format!("{option} wants a value"))?;
            match *option {
                "--out" => read.out = value.into(),
                "--page" => read.page = Some(value.into()),
                "--numbers" => read.numbers = Some(value.into()),
                "--toolbox" => read.toolbox = Some(value.into()),
                "--also" => read.also.push(value.into()),
                "--plotly" => read.plotly = Some(value.into()),
                "--only" => read.only.push((*value).to_owned()),
                unknown => return Err(format!("unknown option {unknown}")),
            }
        }
        if read.out.as_os_str().is_empty() { Err("--out FOLDER is needed".to_owned()) } else { Ok(read) }
    }

    /// Whether a group takes part.
    pub(crate) fn wants(&self, group: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == group)
    }
}
