-- Secrets of the links in mails that invite: each attempt to send the mail makes one, and all of them work until the
-- invitation is answered, renewed or over.
CREATE TABLE invitation_secrets (
    secret_hash TEXT PRIMARY KEY NOT NULL,
    invitation_id TEXT NOT NULL,         -- of an invitation that may be no more: then it opens nothing
    expires_at BIGINT NOT NULL
);
CREATE INDEX invitation_secrets_expiry ON invitation_secrets (expires_at);
