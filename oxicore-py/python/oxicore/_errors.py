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

    >>> try:
    ...     oxicore.read(b"Time,Oxygen Level,Pulse Rate,Motion\\n25:00:00 Jan 02 2026,96,58,0\\n")
    ... except oxicore.ParseError as error:
    ...     print(error.code, error.field, error.line, error.column, error.offset)
    bad-row time 2 1 36
    """

    code: str
    field: str | None
    line: int | None
    column: int | None
    offset: int

    def __init__(
        self, message: str, code: str, field: str | None, line: int | None, column: int | None, offset: int
    ) -> None:
        super().__init__(message, code, field, line, column, offset)
        self.code = code
        self.field = field
        self.line = line
        self.column = column
        self.offset = offset

    def __str__(self) -> str:
        return str(self.args[0])
