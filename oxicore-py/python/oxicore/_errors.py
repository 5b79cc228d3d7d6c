"""What can go wrong, as Python exceptions."""

from __future__ import annotations


class ParseError(ValueError):
    """The file is not a recording; says why, and where in the file.

    Attributes:
        code: stable name of the fault, such as ``"empty-file"`` or ``"bad-row"``.
        field: what was read there, such as ``"time"`` or ``"spo2"``; ``None`` where that is not known.
        line: line of a text file, from 1; ``None`` for a binary.
        column: column of a text file in bytes, from 1; ``None`` for a binary.
        offset: position in the file, bytes from 0.
        found: what the file says there, its first 56 bytes; of ``"no-oximetry"`` and ``"no-such-column"`` the names of the
            columns or signals that there are. ``None`` where nothing stands there. It may be somebody's data: keep it out of logs.
        expected: a form that would do there, such as ``"21:58:20 13/11/2025"``; ``None`` where there is none.

    >>> try:
    ...     oxicore.read(b"Time,Oxygen Level,Pulse Rate,Motion\\n25:00:00 Jan 02 2026,96,58,0\\n")
    ... except oxicore.ParseError as error:
    ...     print(error.code, error.field, error.line, error.column, error.offset)
    ...     print(error.found, "|", error.expected)
    bad-row time 2 1 36
    25:00:00 Jan 02 2026 | 21:58:20 13/11/2025
    """

    code: str
    field: str | None
    line: int | None
    column: int | None
    offset: int
    found: str | None
    expected: str | None

    def __init__(
        self,
        message: str,
        code: str,
        field: str | None,
        line: int | None,
        column: int | None,
        offset: int,
        found: str | None = None,
        expected: str | None = None,
    ) -> None:
        super().__init__(message, code, field, line, column, offset, found, expected)
        self.code = code
        self.field = field
        self.line = line
        self.column = column
        self.offset = offset
        self.found = found
        self.expected = expected

    def __str__(self) -> str:
        return str(self.args[0])
