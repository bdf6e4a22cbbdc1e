-- $1 id
UPDATE host_keys SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL RETURNING id, name, created_at, revoked_at
