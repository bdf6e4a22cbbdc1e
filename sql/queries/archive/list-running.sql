-- The rooms of the owner $1 that have no result, newest first, $2 of them at most. The live store may have lost some.
SELECT party_id
FROM games
WHERE owner_id = $1 AND ended_at IS NULL AND kind = 'room'
ORDER BY opened_at DESC, party_id
LIMIT $2
