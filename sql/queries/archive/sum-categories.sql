-- Sums the scored answers of the players of game $1 by category. Skipped rounds earn nothing and count for nothing.
-- The statistics know nothing of a game that has just been written, and a plan that expects one answer and one player
-- compares all with all: so answers are taken round by round (OFFSET 0 keeps it that way), and players are hashed (a plain
-- IN may become a join).
INSERT INTO category_performance (user_id, category, game_id, answered, correct, points, answered_ms)
SELECT a.user_id, r.category, $1, count(*), count(*) FILTER (WHERE a.correct), sum(a.points), sum(a.elapsed_ms)
FROM rounds AS r
CROSS JOIN LATERAL (
  SELECT user_id, correct, points, elapsed_ms FROM answers
  WHERE game_id = $1 AND round = r.round AND correct IS NOT NULL
  OFFSET 0
) AS a
WHERE r.game_id = $1 AND NOT r.skipped
  AND (a.user_id IN (SELECT user_id FROM player_results WHERE game_id = $1)) IS TRUE
GROUP BY a.user_id, r.category
