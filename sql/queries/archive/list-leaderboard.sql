-- $1 game_id
SELECT rank, user_id, nickname, score, correct, answered, mean_ms, team
FROM player_results
WHERE game_id = $1
ORDER BY rank, user_id COLLATE "C"
