-- Forms that count once: each carries an identifier, and sending it again (a page that is reloaded) does nothing. Rows
-- older than any form that still counts are removed.
CREATE TABLE used_forms (
    id TEXT PRIMARY KEY NOT NULL,
    used_at BIGINT NOT NULL
);
CREATE INDEX used_forms_age ON used_forms (used_at);
