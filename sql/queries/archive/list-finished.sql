-- The rooms of the owner $1 that ended before $2, newest first, $3 of them at most.
SELECT party_id, room_code, title, players_total, ended_at
FROM games
WHERE owner_id = $1 AND ended_at < $2 AND kind = 'room'
ORDER BY ended_at DESC, party_id
LIMIT $3
