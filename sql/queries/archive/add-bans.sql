-- Those that are there already are not written again.
-- $1 party_id, $2 bans
UPDATE checkpoints
SET bans = ARRAY(SELECT DISTINCT unnest(bans || $2::TEXT[]))
WHERE party_id = $1 AND NOT bans @> $2::TEXT[]
