-- Keys that stay in a device of the owner of an account; the platform keeps their public half.
CREATE TABLE passkeys (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    credential_id TEXT NOT NULL,         -- how the device names the key, base64url
    credential TEXT NOT NULL,            -- JSON: public key, counter
    name TEXT NOT NULL,                  -- the owner's
    made_at BIGINT NOT NULL,
    used_at BIGINT                       -- NULL: never
);
CREATE UNIQUE INDEX passkeys_credential ON passkeys (credential_id);
CREATE INDEX passkeys_account ON passkeys (account_id);

-- What a browser has been asked to sign; each counts once.
CREATE TABLE passkey_challenges (
    browser_hash TEXT NOT NULL,
    purpose TEXT NOT NULL,               -- 'add' or 'show'
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    state TEXT NOT NULL,                 -- JSON: the challenge and the keys that may answer it
    begun_at BIGINT NOT NULL,
    PRIMARY KEY (browser_hash, purpose)
);
CREATE INDEX passkey_challenges_account ON passkey_challenges (account_id);
