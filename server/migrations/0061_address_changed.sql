-- When an administrator last changed the address of an account; NULL: never. Until the owner has signed in since then, no
-- link for a new password goes there by mail: whoever changes an address must not get into the account by it.
ALTER TABLE accounts ADD COLUMN email_changed_at BIGINT;
