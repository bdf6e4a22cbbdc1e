-- The quizzes of the owner $1 without their questions, the last changed first.
SELECT
  quiz_id, title, created_at, updated_at,
  CASE WHEN jsonb_typeof(document -> 'questions') = 'array' THEN jsonb_array_length(document -> 'questions') ELSE 0 END
    AS questions
FROM quizzes
WHERE owner_id = $1
ORDER BY updated_at DESC, quiz_id
