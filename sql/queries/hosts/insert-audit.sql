-- $1 at, $2 actor, $3 action, $4 party_id, $5 subject
INSERT INTO audit (at, actor, action, party_id, subject) VALUES ($1, $2, $3, $4, $5)
