-- What a host has played, newest first, without looking through what everybody else has.
CREATE INDEX games_finished_by_owner ON games (owner_id, ended_at DESC) WHERE ended_at IS NOT NULL;
