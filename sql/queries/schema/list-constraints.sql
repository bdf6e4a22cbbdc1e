-- Constraints of our tables. NOT NULL is left to the columns: only since 18 does Postgres count it among these.
SELECT conrelid::REGCLASS::TEXT AS "table", conname AS name, pg_get_constraintdef(oid) AS definition
FROM pg_constraint
WHERE connamespace = 'public'::REGNAMESPACE AND contype IN ('p', 'u', 'c', 'f', 'x')
ORDER BY conrelid::REGCLASS::TEXT COLLATE "C", position(contype IN 'pucfx'), conname COLLATE "C"
