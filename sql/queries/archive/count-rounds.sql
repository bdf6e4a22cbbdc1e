-- The rounds stored of the party $1, running or ended, each summed over its answers, which are taken round by round:
-- sum-categories.sql says why.
SELECT
  r.round, r.question, r.skipped, r.counts,
  a.answered, a.scorable, a.correct, a.answered_ms
FROM games AS g
JOIN rounds AS r USING (game_id)
CROSS JOIN LATERAL (
  SELECT
    count(*)::INTEGER AS answered,
    count(correct)::INTEGER AS scorable,
    count(*) FILTER (WHERE correct)::INTEGER AS correct,
    coalesce(sum(elapsed_ms), 0)::DOUBLE PRECISION AS answered_ms
  FROM answers
  WHERE game_id = r.game_id AND round = r.round
) AS a
WHERE g.party_id = $1
ORDER BY r.round
