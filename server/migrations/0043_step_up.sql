-- How sure the platform is that the owner of the account is at the browser of a session, and since when.
ALTER TABLE sessions ADD COLUMN assurance TEXT;          -- 'password': by what was shown; NULL: a program of before began it
ALTER TABLE sessions ADD COLUMN stepped_up_at BIGINT;    -- when it was last shown; NULL: as the session began
