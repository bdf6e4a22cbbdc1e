SELECT id, name, created_at, revoked_at FROM host_keys ORDER BY created_at, id
