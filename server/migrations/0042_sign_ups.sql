-- Somebody asks for an account; an administrator of the platform decides. Until then nothing lets them in.
CREATE TABLE sign_ups (
    id TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sign_ups_expiry ON sign_ups (expires_at);
