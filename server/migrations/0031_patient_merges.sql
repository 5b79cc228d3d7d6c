-- Two patients turned out to be one: what moved from the source to the target, so that it can be taken back.
CREATE TABLE patient_merges (
    id TEXT PRIMARY KEY NOT NULL,
    source_id TEXT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    target_id TEXT NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    merged_by TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    merged_at BIGINT NOT NULL,
    undone_at BIGINT
);
CREATE INDEX patient_merges_target ON patient_merges (target_id, merged_at);
CREATE INDEX patient_merges_source ON patient_merges (source_id);
CREATE TABLE patient_merge_items (
    merge_id TEXT NOT NULL REFERENCES patient_merges (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,                  -- 'recording' or 'link'
    item_id TEXT NOT NULL,
    PRIMARY KEY (merge_id, kind, item_id)
);
