-- The teams of game $1 by the mean of their members' scores, as they were ranked in play: rounded before they are compared.
SELECT
  (rank() OVER (ORDER BY round(avg(score)) DESC))::INTEGER AS rank,
  team,
  round(avg(score))::FLOAT8 AS score,
  count(*)::INTEGER AS members
FROM player_results
WHERE game_id = $1 AND team IS NOT NULL
GROUP BY team
ORDER BY rank, team COLLATE "C"
