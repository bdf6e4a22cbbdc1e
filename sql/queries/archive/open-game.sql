-- $1 game_id, $2 party_id, $3 room_code, $4 kind, $5 title, $6 owner_id, $7 settings, $8 rounds, $9 opened_at
INSERT INTO games (game_id, party_id, room_code, kind, title, owner_id, settings, rounds, opened_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (game_id) DO NOTHING
