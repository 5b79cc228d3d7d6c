-- A patient is a link without a name. The label is whatever the doctor chose to tell patients apart.
CREATE TABLE patients (
    id TEXT PRIMARY KEY NOT NULL,
    owner_id TEXT NOT NULL REFERENCES accounts (id),
    label TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX patients_owner ON patients (owner_id, created_at);

-- Links that open a patient's page without a log-in. The secret itself is only in the link.
CREATE TABLE patient_links (
    id TEXT PRIMARY KEY NOT NULL,
    patient_id TEXT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    secret_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,                   -- NULL: until revoked
    revoked_at BIGINT,
    views BIGINT NOT NULL DEFAULT 0,     -- openings by anyone but the owner
    last_viewed_at BIGINT
);
CREATE INDEX patient_links_patient ON patient_links (patient_id, created_at);

-- One row for each browser in which a link has been opened. The token is only in the browser's cookie.
CREATE TABLE patient_visits (
    token_hash TEXT PRIMARY KEY NOT NULL,
    link_id TEXT NOT NULL REFERENCES patient_links (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);
CREATE INDEX patient_visits_link ON patient_visits (link_id);
CREATE INDEX patient_visits_expiry ON patient_visits (expires_at);
