-- What owners of accounts must be told and have not read yet.
CREATE TABLE account_notices (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    happened_at BIGINT NOT NULL
);
CREATE INDEX account_notices_account ON account_notices (account_id, happened_at);
ALTER TABLE accounts ADD COLUMN has_notice INTEGER NOT NULL DEFAULT 0;
