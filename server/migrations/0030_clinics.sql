-- Clinics: patients, recordings and links belong to one, and nobody outside sees them.
CREATE TABLE clinics (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    phone TEXT,                          -- for patients; NULL: not said
    time_zone TEXT NOT NULL,             -- what the clocks of its devices mean, such as 'Europe/Bucharest'
    locale TEXT NOT NULL,                -- 'ro' or 'en'
    is_shared INTEGER NOT NULL,          -- whether its doctors see each other's patients
    flag_t90_pct BIGINT NOT NULL,        -- a night is flagged from here on
    flag_short_h BIGINT NOT NULL,        -- a night is short with fewer hours of valid signal
    flag_signal_pct BIGINT NOT NULL,     -- a signal is weak with a smaller share of valid readings
    flag_pulse_low BIGINT NOT NULL,      -- beats per minute
    flag_pulse_high BIGINT NOT NULL,
    flag_odi4_per_h BIGINT NOT NULL,     -- the line across trends
    patients_counted BIGINT NOT NULL,    -- the number of the last code that was given by counting
    let_in_until BIGINT,                 -- until when administrators of the platform may look; NULL: they may not
    created_at BIGINT NOT NULL
);
CREATE INDEX clinics_let_in ON clinics (let_in_until);

-- Who works in which clinic. An account may have several.
CREATE TABLE memberships (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    clinic_id TEXT NOT NULL REFERENCES clinics (id) ON DELETE CASCADE,
    role TEXT NOT NULL,                  -- 'doctor', or 'clinic_admin': a doctor who also administers the clinic
    is_enabled INTEGER NOT NULL DEFAULT 1,
    joined_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, clinic_id)
);
CREATE INDEX memberships_clinic ON memberships (clinic_id);

-- The clinic that somebody works in; NULL: the first one.
ALTER TABLE sessions ADD COLUMN clinic_id TEXT;
-- 0: a program that knew no clinics, or the first log-in, made the account, and it has not been given one yet.
ALTER TABLE accounts ADD COLUMN is_settled INTEGER NOT NULL DEFAULT 0;

-- Every account becomes a clinic of one, under its own identifier.
INSERT INTO clinics (id, name, time_zone, locale, is_shared, flag_t90_pct, flag_short_h, flag_signal_pct, flag_pulse_low,
    flag_pulse_high, flag_odi4_per_h, patients_counted, created_at)
SELECT id, name, 'Europe/Bucharest', COALESCE(locale, 'ro'), 0, 30, 4, 90, 50, 120, 5,
    (SELECT COUNT(*) FROM patients WHERE patients.owner_id = accounts.id), created_at
FROM accounts;
INSERT INTO memberships (account_id, clinic_id, role, joined_at) SELECT id, id, 'clinic_admin', created_at FROM accounts;
UPDATE accounts SET is_settled = 1;

-- What a program that knows no clinics writes during an update has no clinic until it is given the one of its owner.
ALTER TABLE patients ADD COLUMN clinic_id TEXT REFERENCES clinics (id);
ALTER TABLE patients ADD COLUMN code TEXT;            -- 'P-0001': what people call the patient; `label` is the note
ALTER TABLE patients ADD COLUMN merged_into TEXT REFERENCES patients (id);
UPDATE patients SET clinic_id = owner_id;
UPDATE patients SET code = (
    SELECT CASE WHEN numbered.n < 10000 THEN 'P-' || SUBSTR(CAST(10000 + numbered.n AS TEXT), 2)
           ELSE 'P-' || CAST(numbered.n AS TEXT) END
    FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY owner_id ORDER BY created_at, id) AS n FROM patients) AS numbered
    WHERE numbered.id = patients.id);
CREATE UNIQUE INDEX patients_code ON patients (clinic_id, code);
CREATE INDEX patients_doctor ON patients (clinic_id, owner_id, code);

-- `owner_id` says who uploaded a recording and is part of its key; `doctor_id` whose it is, if that has become another.
-- Outside the clinic that has the identifier of the account, `sha256` goes on with ':' and the clinic.
ALTER TABLE recordings ADD COLUMN clinic_id TEXT REFERENCES clinics (id);
ALTER TABLE recordings ADD COLUMN doctor_id TEXT REFERENCES accounts (id);
UPDATE recordings SET clinic_id = owner_id, doctor_id = owner_id;
CREATE INDEX recordings_doctor ON recordings (clinic_id, doctor_id);

ALTER TABLE desk_rows ADD COLUMN clinic_id TEXT;
UPDATE desk_rows SET clinic_id = owner_id;
UPDATE desk_rows SET patient_label = (SELECT code FROM patients WHERE patients.id = desk_rows.patient_id),
    search = search || ' ' || (SELECT LOWER(code) FROM patients WHERE patients.id = desk_rows.patient_id)
WHERE patient_id IS NOT NULL;
CREATE INDEX desk_rows_clinic ON desk_rows (clinic_id, starts_at, recording_id);
CREATE INDEX desk_rows_doctor ON desk_rows (clinic_id, owner_id, starts_at, recording_id);
