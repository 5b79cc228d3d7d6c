-- Mails that are to be sent, and for a month those that were. What a mail says is made when it is sent, and so is the
-- secret in its link: neither is ever here.
CREATE TABLE outbox (
    id TEXT PRIMARY KEY NOT NULL,        -- whoever carries the mail is told it, so that it arrives once
    template TEXT NOT NULL,              -- which mail: a word
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE, -- whom it is for; NULL: not known before it is sent
    subject TEXT NOT NULL,               -- the row that it is about, of a kind that the template knows; empty: the account
    detail TEXT NOT NULL,                -- a word more, such as a browser; empty: none
    locale TEXT NOT NULL,                -- of whoever gave the reason, for recipients who have not chosen
    created_at BIGINT NOT NULL,
    sent_at BIGINT,                      -- NULL: it waits, or was given up: the job knows
    last_error TEXT                      -- what whoever carries mails said last
);
CREATE INDEX outbox_account ON outbox (account_id, template, sent_at);
CREATE INDEX outbox_sent ON outbox (sent_at);
