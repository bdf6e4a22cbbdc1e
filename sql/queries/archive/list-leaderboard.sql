-- The first $2 lines of game $1, all of them where $2 is null.
SELECT rank, user_id, nickname, score, correct, answered, mean_ms, team
FROM player_results
WHERE game_id = $1
ORDER BY rank, user_id COLLATE "C"
LIMIT $2
