-- The host key with the hash $1, unless it was revoked.
SELECT id, name, created_at, revoked_at FROM host_keys WHERE key_hash = $1 AND revoked_at IS NULL
