-- $1 quiz_id, $2 owner_id
DELETE FROM quizzes
WHERE quiz_id = $1 AND owner_id = $2
RETURNING quiz_id, owner_id, title, document, created_at, updated_at
