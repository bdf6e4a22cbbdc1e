-- How many different questions the category $1 has.
SELECT count(DISTINCT question)::INTEGER AS available
FROM questions
WHERE lower(btrim(category)) = lower(btrim($1::TEXT))
