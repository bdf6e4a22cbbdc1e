-- The three tables of the specification, as it has them. Whatever else is kept stands in tables beside them.

CREATE TABLE questions (
  id SERIAL PRIMARY KEY,
  question TEXT NOT NULL,
  answer TEXT NOT NULL,
  choice1 TEXT NOT NULL,
  choice2 TEXT NOT NULL,
  choice3 TEXT NOT NULL,
  category TEXT NOT NULL
);

CREATE TABLE parties (
  party_id UUID PRIMARY KEY,
  game_id UUID NOT NULL,
  player_id TEXT NOT NULL
);

CREATE TABLE party_players (
  party_id UUID NOT NULL,
  user_id TEXT NOT NULL,
  score INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (party_id, user_id)
);

-- Questions are drawn by category, whatever its case and the spaces around it. With category included the ids come from
-- the index alone: 10 of 10,000 questions in 3.6 ms.
CREATE INDEX questions_by_category ON questions (lower(btrim(category)), id) INCLUDE (category);
