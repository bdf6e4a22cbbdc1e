-- What has become of the party $1. A statement of its own after lock-parties.sql: one statement would look at the
-- tables as they were before the lock was had.
SELECT
  EXISTS (SELECT FROM erased_parties WHERE party_id = $1) AS erased,
  EXISTS (SELECT FROM games WHERE party_id = $1 AND ended_at IS NOT NULL) AS ended,
  EXISTS (SELECT FROM games WHERE party_id = $1) AS opened
