-- What pages, lists and pictures show of a night, computed once from its bytes. A row made by another revision of the
-- algorithms or of the readers, or laid out otherwise, counts as missing and is made anew.
CREATE TABLE analyses (
    recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    algorithm_revision BIGINT NOT NULL,
    reader_revision BIGINT NOT NULL,
    layout BIGINT NOT NULL,
    figures TEXT NOT NULL,               -- JSON: the summary and the index by every profile, at default options
    events TEXT NOT NULL,                -- JSON: the events of 3 % and of 4 % of every profile that lists them
    series BLOB NOT NULL,                -- the readings that a picture of the night draws
    strip BLOB NOT NULL,                 -- the night in a few lowest readings, for lists
    PRIMARY KEY (recording_id, algorithm_revision, reader_revision, layout)
);

-- The list of nights as it is read: one row for each recording that is ready, changed in the transaction of whatever
-- it repeats.
CREATE TABLE desk_rows (
    recording_id TEXT PRIMARY KEY NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    owner_id TEXT NOT NULL,
    uploaded_at BIGINT NOT NULL,
    device TEXT,                         -- number of the device, where the name of the file tells it
    patient_id TEXT,
    patient_label TEXT,
    has_links INTEGER NOT NULL,
    links_end_at BIGINT,                 -- when the last link that is not revoked closes; NULL: none is open
    starts_at BIGINT NOT NULL,           -- what the device clock showed, seconds since 1970 as if it were UTC
    recording_s BIGINT NOT NULL,
    odi3_per_h DOUBLE PRECISION,         -- NULL: too short for an index
    odi4_per_h DOUBLE PRECISION,
    below_90_pct DOUBLE PRECISION,       -- NULL: no SpO2 reading
    min_pct INTEGER,
    is_short INTEGER,                    -- less than four hours of valid signal; NULL: not known yet
    is_below_range INTEGER,              -- readings that the device could not make, with a pulse
    has_notices INTEGER,                 -- something was noticed while the file was read
    strip BLOB,                          -- the night in a few lowest readings; NULL: not known yet
    algorithm_revision BIGINT NOT NULL,  -- of the analysis that the figures are from
    reader_revision BIGINT NOT NULL,
    layout BIGINT NOT NULL,
    search TEXT NOT NULL                 -- file name and patient, lower case, without diacritics
);
CREATE INDEX desk_rows_list ON desk_rows (owner_id, starts_at, recording_id);
CREATE INDEX desk_rows_patient ON desk_rows (patient_id);

-- Where the bytes of a recording lie. Rows that a program of before writes during an update have none: theirs lie
-- where all did until now.
ALTER TABLE recordings ADD COLUMN blob_key TEXT;
UPDATE recordings SET blob_key = 'recordings/' || owner_id || '/' || id;
