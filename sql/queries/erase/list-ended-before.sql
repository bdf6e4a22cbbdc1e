-- At most $2 parties that ended before $1. One that never ended goes by its opening, unless a checkpoint says that it
-- was still being played.
SELECT g.party_id
FROM games AS g
LEFT JOIN checkpoints AS c USING (party_id)
WHERE coalesce(g.ended_at, g.opened_at) < $1 AND (c.saved_at IS NULL OR c.saved_at < $1)
ORDER BY coalesce(g.ended_at, g.opened_at)
LIMIT $2
