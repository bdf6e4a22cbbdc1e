-- Answers of game $1, of everybody or, where $2 is given, of that player alone. Somebody who was removed has no nickname
-- any more and goes by the id. Round by round, and nicknames out of one object: sum-categories.sql says why.
SELECT
  r.round, r.question_id, r.kind, a.user_id,
  coalesce(
    (SELECT jsonb_object_agg(user_id, nickname) FROM player_results WHERE game_id = $1) ->> a.user_id, a.user_id
  ) AS nickname,
  a.choice, a.correct, a.points, a.elapsed_ms
FROM rounds AS r
CROSS JOIN LATERAL (
  SELECT user_id, choice, correct, points, elapsed_ms FROM answers
  WHERE game_id = $1 AND round = r.round AND ($2::TEXT IS NULL OR user_id = $2)
  OFFSET 0
) AS a
WHERE r.game_id = $1
ORDER BY r.round, a.user_id COLLATE "C"
