-- The questions of the party $1 as they were played, round by round.
SELECT r.round, r.question, r.skipped
FROM games AS g
JOIN rounds AS r USING (game_id)
WHERE g.party_id = $1
ORDER BY r.round
