-- $1 party_id, $2 user_ids
INSERT INTO party_players (party_id, user_id)
SELECT $1, unnest($2::TEXT[])
ON CONFLICT (party_id, user_id) DO NOTHING
