SELECT t.tgrelid::REGCLASS::TEXT AS "table", pg_get_triggerdef(t.oid) AS definition
FROM pg_trigger AS t
JOIN pg_class AS c ON c.oid = t.tgrelid
WHERE c.relnamespace = 'public'::REGNAMESPACE AND NOT t.tgisinternal
ORDER BY t.tgrelid::REGCLASS::TEXT COLLATE "C", t.tgname COLLATE "C"
