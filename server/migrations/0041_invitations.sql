-- Somebody is asked to work in a clinic, and decides. Who asks does not learn whether the address has an account.
CREATE TABLE invitations (
    id TEXT PRIMARY KEY NOT NULL,
    clinic_id TEXT NOT NULL REFERENCES clinics (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    name TEXT NOT NULL,                  -- what an account that is made for it will be called
    role TEXT NOT NULL,                  -- as in memberships
    secret_hash TEXT NOT NULL UNIQUE,    -- of the link, by which somebody without an account gets one
    invited_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (clinic_id, email)
);
CREATE INDEX invitations_email ON invitations (email);
CREATE INDEX invitations_expiry ON invitations (expires_at);
