-- Places (from 1) of the questions given that add-questions.sql would add. $1 question, $2 category
SELECT place::INTEGER AS place
FROM unnest($1::TEXT[], $2::TEXT[]) WITH ORDINALITY AS given (question, category, place)
WHERE NOT EXISTS (
  SELECT FROM questions AS q
  WHERE q.question = given.question AND lower(btrim(q.category)) = lower(btrim(given.category))
)
ORDER BY place
