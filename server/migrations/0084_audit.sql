-- Who did what, one chain a clinic and one for the platform ('platform'). Every hash is over all fields and the hash before.
-- Identifiers and words of the program alone: what is erased elsewhere needs no change here. No foreign keys for the same reason.
CREATE TABLE audit (
    chain TEXT NOT NULL,                 -- the clinic, or 'platform'
    seq BIGINT NOT NULL,                 -- 1, 2, 3 ... in the chain
    previous_hash BLOB NOT NULL,         -- of the entry before; zeros: there is none
    hash BLOB NOT NULL,                  -- SHA-256
    actor TEXT NOT NULL,                 -- 'account:<id>', 'link:<id>', 'visitor', 'operator', 'platform:<duty>'
    action TEXT NOT NULL,
    detail TEXT,                         -- which of several things
    subject TEXT NOT NULL,               -- 'recording:<id>' and so on, or 'nothing'
    amount BIGINT,                       -- how many rows, where it is not one
    at BIGINT NOT NULL,
    PRIMARY KEY (chain, seq)
);
CREATE INDEX audit_at ON audit (chain, at, seq);
CREATE INDEX audit_actor ON audit (chain, actor, at, seq);
CREATE INDEX audit_action ON audit (chain, action, at, seq);
CREATE INDEX audit_subject ON audit (chain, subject, at, seq);

-- Where each chain ends, so that an end that was cut off is missed.
CREATE TABLE audit_heads (
    chain TEXT PRIMARY KEY NOT NULL,
    seq BIGINT NOT NULL,
    hash BLOB NOT NULL
);
