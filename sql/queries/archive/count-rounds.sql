-- The rounds stored of the party $1, running or ended, each summed over its answers.
SELECT
  r.round, r.question_id, r.kind, r.question ->> 'prompt' AS prompt, r.skipped, r.counts,
  count(a.user_id)::INTEGER AS answered,
  count(a.correct)::INTEGER AS scorable,
  count(*) FILTER (WHERE a.correct)::INTEGER AS correct,
  coalesce(sum(a.elapsed_ms), 0)::DOUBLE PRECISION AS answered_ms
FROM games AS g
JOIN rounds AS r USING (game_id)
LEFT JOIN answers AS a USING (game_id, round)
WHERE g.party_id = $1
GROUP BY r.game_id, r.round
ORDER BY r.round
