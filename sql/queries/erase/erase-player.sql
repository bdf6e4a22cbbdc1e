-- Everything of the player $3 in the finished party $1, game $2, and what the player added to the counts of the rounds:
-- a word nobody else has typed leaves with them. An anonymous vote has no choice in it, so it stays counted. Other
-- players' ranks stay. Returns how many rows were about the player.
WITH player_rows AS (
  DELETE FROM party_players WHERE party_id = $1 AND user_id = $3 RETURNING 1
), result_rows AS (
  DELETE FROM player_results WHERE game_id = $2 AND user_id = $3 RETURNING 1
), answer_rows AS (
  DELETE FROM answers WHERE game_id = $2 AND user_id = $3 RETURNING round, choice
), given AS (
  SELECT
    round,
    jsonb_array_elements_text(
      CASE jsonb_typeof(choice) WHEN 'array' THEN choice ELSE jsonb_build_array(choice) END
    ) AS key
  FROM answer_rows
), round_rows AS (
  UPDATE rounds AS r
  SET counts = (
    SELECT coalesce(jsonb_object_agg(key, times) FILTER (WHERE times > 0), '{}')
    FROM (
      SELECT
        key, value::BIGINT - (SELECT count(*) FROM given AS g WHERE g.round = r.round AND g.key = counted.key) AS times
      FROM jsonb_each_text(r.counts) AS counted
    ) AS lowered
  )
  WHERE r.game_id = $2 AND r.round IN (SELECT round FROM given)
), performance_rows AS (
  DELETE FROM category_performance WHERE game_id = $2 AND user_id = $3 RETURNING 1
), party_rows AS (
  UPDATE parties SET player_id = 'erased' WHERE party_id = $1 AND player_id = $3 RETURNING 1
), game_rows AS (
  UPDATE games
  SET
    owner_id = CASE WHEN owner_id = $3 THEN 'erased' ELSE owner_id END,
    players_total = players_total - (SELECT count(*) FROM result_rows)
  WHERE game_id = $2
), audit_rows AS (
  UPDATE audit
  SET
    actor = CASE WHEN actor = $3 THEN 'erased' ELSE actor END,
    subject = nullif(subject, $3)
  WHERE party_id = $1 AND $3 IN (actor, subject)
)
SELECT (
  (SELECT count(*) FROM player_rows) + (SELECT count(*) FROM result_rows) + (SELECT count(*) FROM answer_rows)
  + (SELECT count(*) FROM performance_rows) + (SELECT count(*) FROM party_rows)
)::INTEGER AS erased
