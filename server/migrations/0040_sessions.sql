-- Sessions are listed and ended one by one. Those that a program of before begins beside this one get an identifier when
-- they are next used.
ALTER TABLE sessions ADD COLUMN id TEXT;                 -- how pages name it; not the secret, and not made from it
ALTER TABLE sessions ADD COLUMN device TEXT;             -- browser and system, such as 'Chrome/Windows'
ALTER TABLE sessions ADD COLUMN browser_hash TEXT;       -- the browser it began in
CREATE UNIQUE INDEX sessions_id ON sessions (id);
-- A log-in from a new browser is told in all others: whoever it was does not get to hide it.
ALTER TABLE account_notices ADD COLUMN device TEXT;
ALTER TABLE account_notices ADD COLUMN browser_hash TEXT;
