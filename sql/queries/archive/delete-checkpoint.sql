-- $1 party_id
DELETE FROM checkpoints WHERE party_id = $1
