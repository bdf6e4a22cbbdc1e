-- Category sums of game $1, of everybody or, where $2 is given, of that player alone.
SELECT user_id, category, answered, correct, points
FROM category_performance
WHERE game_id = $1 AND ($2::TEXT IS NULL OR user_id = $2)
ORDER BY user_id COLLATE "C", category COLLATE "C"
