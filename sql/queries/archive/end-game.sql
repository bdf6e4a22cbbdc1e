-- $1 game_id, $2 quiz_id, $3 title, $4 settings, $5 started_at, $6 ended_at, $7 reason, $8 players_total
UPDATE games
SET quiz_id = $2, title = $3, settings = $4, started_at = $5, ended_at = $6, reason = $7, players_total = $8
WHERE game_id = $1
