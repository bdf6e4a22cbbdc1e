-- $1 game_id; the rounds from $2 to $3, with their answers
WITH gone AS (DELETE FROM answers WHERE game_id = $1 AND round BETWEEN $2 AND $3)
DELETE FROM rounds WHERE game_id = $1 AND round BETWEEN $2 AND $3
