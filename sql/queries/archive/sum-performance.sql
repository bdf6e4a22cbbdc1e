-- What the player $1 has done in each category, over all parties.
SELECT
  category,
  sum(answered)::INTEGER AS answered,
  sum(correct)::INTEGER AS correct,
  sum(correct)::FLOAT8 / sum(answered) AS accuracy,
  sum(points)::FLOAT8 AS points,
  round(sum(answered_ms) / sum(answered))::INTEGER AS mean_ms,
  count(*)::INTEGER AS parties
FROM category_performance
WHERE user_id = $1
GROUP BY category
ORDER BY category COLLATE "C"
