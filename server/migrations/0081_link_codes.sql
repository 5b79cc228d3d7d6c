-- Codes on paper for people without a camera: each leads to a link for two weeks. The first four signs find it, all of them open it.
CREATE TABLE patient_codes (
    start TEXT PRIMARY KEY NOT NULL,     -- the first four signs
    link_id TEXT NOT NULL REFERENCES patient_links (id) ON DELETE CASCADE,
    code_hash TEXT NOT NULL,
    sealed TEXT,                         -- for printing it again; NULL where the clinic keeps no copies
    expires_at BIGINT NOT NULL,
    wrong_tries BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX patient_codes_link ON patient_codes (link_id);
CREATE INDEX patient_codes_expiry ON patient_codes (expires_at);
