//! Files that were packed: `oxicore/_unpack.py` opens them, for one recording and for many.

use std::borrow::Cow;

use pyo3::{prelude::*, types::PyBytes};

use crate::night_row::Fault;

/// How a gzip and a zip file begin.
const MARKS: [&[u8]; 2] = [b"\x1f\x8b", b"PK\x03\x04"];

/// Content and name of a packed file; whatever is not packed as it is.
pub(crate) fn unpacked(bytes: Cow<'_, [u8]>, name: String) -> Result<(Cow<'_, [u8]>, String), Fault> {
    if !MARKS.iter().any(|mark| bytes.starts_with(mark)) {
        return Ok((bytes, name));
    }
    let unpacked = Python::attach(|py| -> PyResult<(Vec<u8>, Option<String>)> {
        let unpack = py.import("oxicore._unpack")?.getattr("unpacked")?;
        unpack.call1((PyBytes::new(py, &bytes), &name))?.extract()
    });
    match unpacked {
        Ok((content, inside)) => Ok((Cow::Owned(content), inside.unwrap_or(name))),
        Err(error) => {
            Err(Fault { code: "packed-file", text: Python::attach(|py| error.value(py).to_string()) })
        }
    }
}
