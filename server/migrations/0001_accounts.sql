-- Doctors and administrators.
CREATE TABLE accounts (
    id TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL UNIQUE,          -- lower case
    name TEXT NOT NULL,
    password_hash TEXT,                  -- PHC string; NULL until the owner has chosen a password
    is_admin INTEGER NOT NULL DEFAULT 0,
    is_enabled INTEGER NOT NULL DEFAULT 1,
    locale TEXT,                         -- 'ro', 'en' or NULL: not chosen
    created_at BIGINT NOT NULL,
    last_sign_in_at BIGINT
);

-- One row for each browser that is signed in. The token itself is only in the browser's cookie.
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    is_remembered INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id);

-- Browsers in which the owner of an account has signed in before: a flood of wrong passwords from
-- elsewhere does not shut them out.
CREATE TABLE known_browsers (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    browser_hash TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, browser_hash)
);

-- Links that work once: the first log-in of a new platform ('setup'), choosing a password ('password').
CREATE TABLE one_time_links (
    token_hash TEXT PRIMARY KEY NOT NULL,
    purpose TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);

-- Failed attempts in the running window, by hashed subject (address, account, browser).
CREATE TABLE throttle (
    bucket TEXT PRIMARY KEY NOT NULL,
    attempts BIGINT NOT NULL,
    window_start BIGINT NOT NULL
);

-- Rows to lock when a rule spans several rows ("the last administrator stays").
CREATE TABLE platform_locks (
    name TEXT PRIMARY KEY NOT NULL,
    taken BIGINT NOT NULL DEFAULT 0
);
INSERT INTO platform_locks (name) VALUES ('administrators');
