-- What administrators of the platform have decided for all of it.
CREATE TABLE platform_settings (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
);
-- Whether administrators of the clinic must have a second factor.
ALTER TABLE clinics ADD COLUMN asks_second_factor INTEGER NOT NULL DEFAULT 0;
