-- Columns of our tables in their order. A SERIAL column is told by the sequence it owns.
SELECT
  c.relname AS "table",
  a.attname AS name,
  CASE
    WHEN a.attidentity <> '' OR pg_get_serial_sequence(format('%I', c.relname), a.attname) IS NULL
      THEN format_type(a.atttypid, a.atttypmod)
    ELSE 'serial'
  END AS type,
  a.attnotnull AS not_null,
  CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END AS identity,
  CASE WHEN pg_get_serial_sequence(format('%I', c.relname), a.attname) IS NULL
    THEN pg_get_expr(d.adbin, d.adrelid) END AS "default"
FROM pg_class AS c
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = 'public'::REGNAMESPACE AND c.relkind = 'r'
ORDER BY c.relname COLLATE "C", a.attnum
