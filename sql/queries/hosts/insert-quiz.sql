-- $1 quiz_id, $2 owner_id, $3 title, $4 document
INSERT INTO quizzes (quiz_id, owner_id, title, document) VALUES ($1, $2, $3, $4)
RETURNING quiz_id, owner_id, title, document, created_at, updated_at
