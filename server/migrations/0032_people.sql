-- How often an administrator has lifted the lock that wrong passwords put on the account: counts of before no longer hold.
ALTER TABLE accounts ADD COLUMN unlocks BIGINT NOT NULL DEFAULT 0;
-- The person has left and the account is nobody's; recordings go on saying who uploaded them. NULL: it is somebody's.
ALTER TABLE accounts ADD COLUMN removed_at BIGINT;
