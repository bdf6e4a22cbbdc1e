-- A host who lost the screen asks which rooms are still running: few of the many games an owner has had.

CREATE INDEX games_running_by_owner ON games (owner_id, opened_at DESC) WHERE ended_at IS NULL;
