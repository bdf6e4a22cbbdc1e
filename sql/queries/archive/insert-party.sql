-- $1 party_id, $2 game_id, $3 player_id
INSERT INTO parties (party_id, game_id, player_id) VALUES ($1, $2, $3) ON CONFLICT (party_id) DO NOTHING
