-- The finished game of the party $1.
SELECT
  party_id, game_id, room_code, kind, title, owner_id, settings, rounds, started_at, ended_at, players_total
FROM games
WHERE party_id = $1 AND ended_at IS NOT NULL
