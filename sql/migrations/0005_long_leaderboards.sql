-- The best hundred of 30,000 without reading the others: every one of the 30,000 may ask.

ALTER TABLE games ADD COLUMN players_total INTEGER NOT NULL DEFAULT 0;

CREATE INDEX player_results_by_rank ON player_results (game_id, rank, user_id COLLATE "C");
