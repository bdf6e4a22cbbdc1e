-- Sums the scored answers of the players of game $1 by category. Skipped rounds earn nothing and count for nothing.
INSERT INTO category_performance (user_id, category, game_id, answered, correct, points, answered_ms)
SELECT a.user_id, r.category, $1, count(*), count(*) FILTER (WHERE a.correct), sum(a.points), sum(a.elapsed_ms)
FROM rounds AS r
JOIN answers AS a USING (game_id, round)
JOIN player_results AS p USING (game_id, user_id)
WHERE r.game_id = $1 AND NOT r.skipped AND a.correct IS NOT NULL
GROUP BY a.user_id, r.category
