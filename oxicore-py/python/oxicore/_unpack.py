"""A recording that was packed: gzip, or a zip of one file."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from ._errors import ParseError

GZIP: Final = b"\x1f\x8b"
ZIP: Final = b"PK\x03\x04"
#: A larger file is no night, bytes.
LARGEST: Final = 2 << 30
#: Parts of a workbook or of a text document: what these hold is no packed recording.
_DOCUMENT = ("[Content_Types].xml", "mimetype")


class PackedError(ParseError):
    """What is packed cannot be unpacked, or is not one file; its code is ``"packed-file"``."""

    def __init__(self, message: str, *_: object) -> None:
        super().__init__(message, "packed-file", None, None, None, 0)


def unpacked(data: bytes, file_name: str | None) -> tuple[bytes, str | None]:
    """The content of a packed file and its name; whatever is not packed as it is.

    Raises:
        PackedError: the archive holds no file or several (names them), is damaged, needs a password, or holds too much.
    """
    if data.startswith(GZIP):
        return _of_gzip(data), None if file_name is None else file_name.removesuffix(".gz")
    if data.startswith(ZIP):
        return _of_zip(data, file_name)
    return data, file_name


def _of_gzip(data: bytes) -> bytes:
    parts: list[bytes] = []
    try:
        while data:
            stream = zlib.decompressobj(wbits=31)
            parts.append(stream.decompress(data, LARGEST + 1))
            if not stream.eof or sum(map(len, parts)) > LARGEST:
                raise _too_large() if sum(map(len, parts)) > LARGEST else PackedError("the gzip file ends early")
            data = stream.unused_data.lstrip(b"\0")
    except zlib.error as error:
        raise PackedError(f"the gzip file is damaged: {error}") from None
    return b"".join(parts)


def _of_zip(data: bytes, file_name: str | None) -> tuple[bytes, str | None]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(entry.filename in _DOCUMENT for entry in archive.infolist()):
                return data, file_name
            entry = _one_of(archive)
            with archive.open(entry) as file:
                content = file.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise PackedError(f"the zip file is damaged: {error}") from None
    except (RuntimeError, NotImplementedError) as error:
        raise PackedError(f"the zip file cannot be unpacked: {error}") from None
    if len(content) > LARGEST:
        raise _too_large()
    return content, entry.filename


def _one_of(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Its only file; folders and what systems put beside files are none."""
    files = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_hidden(entry.filename)]
    if len(files) == 1:
        return files[0]
    names = ", ".join(entry.filename for entry in files[:5]) or "none"
    raise PackedError(f"a zip file of one recording is read, this one has {len(files)} files: {names}{', ...' if len(files) > 5 else ''}; unpack it")


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _too_large() -> PackedError:
    return PackedError("more than 2 GiB when unpacked: not a recording")
