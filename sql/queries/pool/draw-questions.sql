-- $2 random questions of the category $1. Two rows with the same text may be among them: see draw-different.sql.
SELECT q.id, q.question, q.answer, q.choice1, q.choice2, q.choice3, btrim(q.category) AS category
FROM (
  SELECT id FROM questions WHERE lower(btrim(category)) = lower(btrim($1::TEXT)) ORDER BY random() LIMIT $2
) AS drawn
JOIN questions AS q USING (id)
