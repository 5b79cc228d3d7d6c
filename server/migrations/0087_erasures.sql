-- What was erased, for ever: how much, when, by whom, and marks of the identifiers (HMAC-SHA-256 under the platform's key), by
-- which what comes back with a backup is known again. Nothing here says whose it was.
CREATE TABLE erasures (
    id TEXT PRIMARY KEY NOT NULL,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    reason TEXT NOT NULL,                -- 'request', 'retention', 'restored'
    asked_by TEXT,                       -- account; NULL: the clinic's retention period, or the operator
    asked_at BIGINT NOT NULL,
    done_at BIGINT,                      -- NULL: files still lie in the object store
    patients BIGINT NOT NULL,
    recordings BIGINT NOT NULL,
    file_bytes BIGINT NOT NULL,
    analyses BIGINT NOT NULL,
    links BIGINT NOT NULL,
    mails BIGINT NOT NULL,
    digest TEXT NOT NULL                 -- SHA-256 of what the certificate lists
);
CREATE INDEX erasures_clinic ON erasures (clinic_id, asked_at);

CREATE TABLE erasure_marks (
    erasure_id TEXT NOT NULL REFERENCES erasures (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,                  -- 'patient' or 'recording'
    mark TEXT NOT NULL,
    PRIMARY KEY (erasure_id, kind, mark)
);
CREATE INDEX erasure_marks_mark ON erasure_marks (mark);

-- The erasure that a hidden recording belongs to, until its bytes and its row are gone. NULL: it was deleted alone.
ALTER TABLE recordings ADD COLUMN erasure_id TEXT;
CREATE INDEX recordings_erasure ON recordings (erasure_id);
-- Who turned out to be the same goes along.
CREATE INDEX patients_merged ON patients (merged_into);
-- What moved with a merge is forgotten by what it is.
CREATE INDEX patient_merge_items_item ON patient_merge_items (item_id);
