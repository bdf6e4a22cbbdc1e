-- Adds the questions that the pool does not have yet, by text and category, and returns their places (from 1) in the
-- arrays given. No text may stand twice in the arrays within one category.
-- $1-$6 question, answer, choice1, choice2, choice3, category; $7 difficulty; $8 source, $9 licence of all of them
WITH given AS (
  SELECT *
  FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::TEXT[], $5::TEXT[], $6::TEXT[], $7::TEXT[])
    WITH ORDINALITY AS g (question, answer, choice1, choice2, choice3, category, difficulty, place)
), added AS (
  INSERT INTO questions (question, answer, choice1, choice2, choice3, category)
  SELECT question, answer, choice1, choice2, choice3, category
  FROM given
  WHERE NOT EXISTS (
    SELECT FROM questions AS q
    WHERE q.question = given.question AND lower(btrim(q.category)) = lower(btrim(given.category))
  )
  ORDER BY place
  RETURNING id, question, category
), described AS (
  INSERT INTO question_details (question_id, difficulty, source, licence)
  SELECT added.id, given.difficulty, $8, $9 FROM added JOIN given USING (question, category)
)
SELECT given.place::INTEGER AS place FROM added JOIN given USING (question, category) ORDER BY place
