-- What the owner of an account shows beside the password. Seeds are sealed with the platform's key, codes are hashed.
CREATE TABLE totp_seeds (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    state TEXT NOT NULL,                 -- 'offered': shown to the owner; 'confirmed': a code of it was given, it counts
    sealed TEXT NOT NULL,
    last_step BIGINT NOT NULL,           -- the last half minute whose code was accepted: each counts once
    made_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, state)
);

CREATE TABLE recovery_codes (
    code_hash TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX recovery_codes_account ON recovery_codes (account_id);

-- Browsers in which the right password was given and the second factor not yet: they are signed in nowhere.
CREATE TABLE half_sign_ins (
    browser_hash TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    is_remembered INTEGER NOT NULL,
    is_new_device INTEGER NOT NULL,      -- whether the owner must be told that it was from here
    begun_at BIGINT NOT NULL
);
CREATE INDEX half_sign_ins_account ON half_sign_ins (account_id);

-- Whether the password alone does not open the account.
ALTER TABLE accounts ADD COLUMN has_second_factor INTEGER NOT NULL DEFAULT 0;
