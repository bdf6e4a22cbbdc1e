-- Answers of game $1, of everybody or, where $2 is given, of that player alone. Somebody who was removed has no nickname
-- any more and goes by the id.
SELECT
  a.round, r.question_id, r.kind, a.user_id, coalesce(p.nickname, a.user_id) AS nickname,
  a.choice, a.correct, a.points, a.elapsed_ms
FROM answers AS a
JOIN rounds AS r USING (game_id, round)
LEFT JOIN player_results AS p USING (game_id, user_id)
WHERE a.game_id = $1 AND ($2::TEXT IS NULL OR a.user_id = $2)
ORDER BY a.round, a.user_id COLLATE "C"
