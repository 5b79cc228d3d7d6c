/** Why a file is not a recording, and where in the file. Fields that do not apply are undefined. */
export class ParseError extends Error {
  constructor(message, code, field, line, column, offset) {
    super(message);
    this.name = "ParseError";
    this.code = code;
    this.field = field;
    this.line = line;
    this.column = column;
    this.offset = offset;
  }
}

/** Why two files are not one night. */
export class JoinError extends Error {
  constructor(message, code) {
    super(message);
    this.name = "JoinError";
    this.code = code;
  }
}
