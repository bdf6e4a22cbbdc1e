-- How many players the party $1 has or had, and how many of them answered something but none of the last two rounds.
SELECT
  CASE WHEN g.ended_at IS NULL
    THEN (SELECT count(*)::INTEGER FROM party_players AS p WHERE p.party_id = g.party_id)
    ELSE g.players_total
  END AS players_total,
  (SELECT count(*) FROM (
    SELECT a.user_id FROM answers AS a WHERE a.game_id = g.game_id
    GROUP BY a.user_id
    HAVING max(a.round) <= (SELECT max(r.round) FROM rounds AS r WHERE r.game_id = g.game_id) - 2
  ) AS gone)::INTEGER AS drop_outs
FROM games AS g
WHERE g.party_id = $1
