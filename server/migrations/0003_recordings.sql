-- Uploaded files. The bytes lie in the object store under recordings/<owner>/<id>; the columns below `created_at`
-- repeat what the list shows and are recomputed when `algorithm_revision` is not the program's.
CREATE TABLE recordings (
    id TEXT PRIMARY KEY NOT NULL,
    owner_id TEXT NOT NULL REFERENCES accounts (id),
    patient_id TEXT REFERENCES patients (id) ON DELETE SET NULL,
    state TEXT NOT NULL,                 -- 'pending': bytes may be missing; 'ready'; 'deleting': bytes may be gone
    sha256 TEXT NOT NULL,                -- of the original bytes, lower-case hexadecimal
    file_name TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,          -- when `state` was last set
    algorithm_revision INTEGER NOT NULL,
    format TEXT NOT NULL,
    starts_at BIGINT NOT NULL,           -- what the device clock showed, seconds since 1970 as if it were UTC
    recording_s BIGINT NOT NULL,
    odi3_per_h DOUBLE PRECISION,         -- NULL: too short for an index
    odi4_per_h DOUBLE PRECISION,
    below_90_pct DOUBLE PRECISION,       -- NULL: no SpO2 reading
    min_pct INTEGER,
    UNIQUE (owner_id, sha256)
);
CREATE INDEX recordings_list ON recordings (owner_id, state, starts_at);
CREATE INDEX recordings_patient ON recordings (patient_id);
