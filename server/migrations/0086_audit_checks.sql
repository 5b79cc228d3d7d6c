-- What the last look at each chain of the journal found. Made anew by the next look; not part of the chains.
CREATE TABLE audit_checks (
    chain TEXT PRIMARY KEY NOT NULL,
    checked_at BIGINT NOT NULL,
    entries BIGINT NOT NULL,             -- as far as the chain is whole
    last_hash TEXT NOT NULL,             -- of the last of them, hexadecimal
    broken_at BIGINT                     -- the first damaged place; NULL: the chain is whole
);
