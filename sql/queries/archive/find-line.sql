-- The line of the player $2 in game $1.
SELECT rank, user_id, nickname, score, correct, answered, mean_ms, team
FROM player_results
WHERE game_id = $1 AND user_id = $2
