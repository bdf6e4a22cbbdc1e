-- $1 game_id, $2 round, $3 epoch, $4 question_id, $5 kind, $6 category, $7 question, $8 opened_at, $9 closed_at,
-- $10 skipped, $11 counts
INSERT INTO rounds
  (game_id, round, epoch, question_id, kind, category, question, opened_at, closed_at, skipped, counts)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
