-- $1 quiz_id, $2 owner_id, $3 title, $4 document
UPDATE quizzes SET title = $3, document = $4, updated_at = now()
WHERE quiz_id = $1 AND owner_id = $2
RETURNING quiz_id, owner_id, title, document, created_at, updated_at
