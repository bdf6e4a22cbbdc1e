-- What was done in the party $1, oldest first.
SELECT at, actor, action, party_id, subject FROM audit WHERE party_id = $1 ORDER BY id
