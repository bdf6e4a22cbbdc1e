-- Indexes that no constraint made.
SELECT i.indrelid::REGCLASS::TEXT AS "table", pg_get_indexdef(i.indexrelid) AS definition
FROM pg_index AS i
JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE c.relnamespace = 'public'::REGNAMESPACE
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u', 'x'))
ORDER BY i.indrelid::REGCLASS::TEXT COLLATE "C", c.relname COLLATE "C"
