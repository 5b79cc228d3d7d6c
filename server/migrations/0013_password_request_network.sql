-- The network a request for a new password comes from, hashed: nobody confirms what may be their own request.
ALTER TABLE password_requests ADD COLUMN network_hash TEXT NOT NULL DEFAULT '';
