-- $1 category, $2 checksum
INSERT INTO sown_categories (category, checksum) VALUES ($1, $2)
ON CONFLICT (category) DO UPDATE SET checksum = excluded.checksum, sown_at = now()
