-- Owners who lost their password ask in their browser; an administrator confirms; the browser that asked then sets the
-- new one. The secret itself is only in that browser's cookie.
CREATE TABLE password_requests (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,      -- NULL: asked for an address without an account
    secret_hash TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL,                                            -- what owner and administrator compare
    browser_hash TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    confirmed_by TEXT REFERENCES accounts (id) ON DELETE SET NULL
);
CREATE INDEX password_requests_account ON password_requests (account_id, asked_at);
CREATE INDEX password_requests_expiry ON password_requests (expires_at);

-- Codes that administrators hold for accounts in use stop working: they would let an administrator in as somebody else.
DELETE FROM one_time_links WHERE account_id IN (SELECT id FROM accounts WHERE last_sign_in_at IS NOT NULL);
