-- What a link shows, and how it is told from the others. A program of before knows none of this: its links show everything.
ALTER TABLE patient_links ADD COLUMN number BIGINT;                       -- counted within the patient; NULL: a program of before made it
ALTER TABLE patient_links ADD COLUMN sealed TEXT;                         -- the secret, sealed with the platform's key, for showing it again
ALTER TABLE patient_links ADD COLUMN shown_at BIGINT;                     -- when a doctor last had it shown, to copy or print it
ALTER TABLE patient_links ADD COLUMN shows_all INTEGER NOT NULL DEFAULT 1;   -- 0: the nights in patient_link_nights alone
ALTER TABLE patient_links ADD COLUMN gives_file INTEGER NOT NULL DEFAULT 1;  -- whether the original file may be had
ALTER TABLE patient_links ADD COLUMN gives_text INTEGER NOT NULL DEFAULT 1;  -- whether the doctor's text is shown
ALTER TABLE patient_links ADD COLUMN passcode_hash TEXT;
ALTER TABLE patient_links ADD COLUMN passcode_tries BIGINT NOT NULL DEFAULT 0;
ALTER TABLE patient_links ADD COLUMN old_token_hash TEXT;                 -- of a link of the old platform, `/?token=...`, that leads here
CREATE UNIQUE INDEX patient_links_old_token ON patient_links (old_token_hash);
UPDATE patient_links SET number = (
    SELECT numbered.n FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY patient_id ORDER BY created_at, id) AS n
                            FROM patient_links) AS numbered
    WHERE numbered.id = patient_links.id);

-- The nights that a link shows where it does not show all of them.
CREATE TABLE patient_link_nights (
    link_id TEXT NOT NULL REFERENCES patient_links (id) ON DELETE CASCADE,
    recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    PRIMARY KEY (link_id, recording_id)
);
CREATE INDEX patient_link_nights_recording ON patient_link_nights (recording_id);

-- Whether sealed copies of links are kept, so that a doctor can copy or print them again.
ALTER TABLE clinics ADD COLUMN keeps_links INTEGER NOT NULL DEFAULT 1;
