-- What is to be done beside the requests. Every replica looks here; whoever holds the lease of a row does it.
CREATE TABLE jobs (
    id TEXT PRIMARY KEY NOT NULL,        -- kind, and what it is about: asked for twice, it is done once
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,               -- an identifier; empty for what is done again and again
    due_at BIGINT NOT NULL,              -- not before this moment
    lease TEXT,                          -- who works on it; NULL: nobody
    lease_until BIGINT NOT NULL DEFAULT 0, -- if nobody renews it, somebody else may begin then
    attempts BIGINT NOT NULL DEFAULT 0,  -- begun since it last ended well
    last_error TEXT,                     -- why the last attempt failed
    done_at BIGINT,                      -- when it last ended well
    dead_at BIGINT                       -- when it was given up; NULL: it is tried
);
CREATE INDEX jobs_due ON jobs (kind, due_at);
CREATE INDEX jobs_dead ON jobs (dead_at);
