-- $1 id, $2 name, $3 key_hash. A key that is known stays as it is; both return the row.
INSERT INTO host_keys (id, name, key_hash) VALUES ($1, $2, $3)
ON CONFLICT (key_hash) DO UPDATE SET key_hash = excluded.key_hash
RETURNING id, name, created_at, revoked_at
