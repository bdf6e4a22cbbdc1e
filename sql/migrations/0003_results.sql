-- What was played. All writes of one party are serialised by an advisory lock on its party_id and made in transactions,
-- so a bulk insert needs neither ON CONFLICT nor foreign keys (100,000 answers: 0.47 s, 0.76 s with ON CONFLICT,
-- COPY 0.28 s). sql/queries/erase lists every table that holds something of a party or a player.

-- One row per party from its opening on; ended_at is null until its results are final.
CREATE TABLE games (
  game_id UUID PRIMARY KEY,
  party_id UUID NOT NULL UNIQUE,
  quiz_id TEXT,
  room_code TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('quick', 'room')),
  title TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  -- Without passcode and roster: secrets and names are of no use once a party is over.
  settings JSONB NOT NULL,
  rounds INTEGER NOT NULL,
  -- The version of the scoring rules in packages/core that these results were made by.
  rules_version INTEGER NOT NULL DEFAULT 1,
  opened_at TIMESTAMPTZ NOT NULL,
  started_at TIMESTAMPTZ,
  ended_at TIMESTAMPTZ,
  reason TEXT CHECK (reason IN ('completed', 'ended', 'abandoned')),
  CHECK ((ended_at IS NULL) = (reason IS NULL))
);

-- Retention goes by age.
CREATE INDEX games_by_end ON games (coalesce(ended_at, opened_at));

CREATE TABLE rounds (
  game_id UUID NOT NULL,
  round INTEGER NOT NULL,
  -- Of the history this round was played in. A round played again after the live store was lost replaces it whole.
  epoch BIGINT NOT NULL,
  question_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  category TEXT NOT NULL,
  -- As played, with its key: what scores can be recomputed from.
  question JSONB NOT NULL,
  opened_at TIMESTAMPTZ NOT NULL,
  closed_at TIMESTAMPTZ NOT NULL,
  skipped BOOLEAN NOT NULL,
  counts JSONB NOT NULL,
  PRIMARY KEY (game_id, round)
);

CREATE TABLE answers (
  game_id UUID NOT NULL,
  round INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  -- Null where votes are anonymous.
  choice JSONB,
  -- Null where nothing is right or wrong.
  correct BOOLEAN,
  points INTEGER NOT NULL,
  elapsed_ms INTEGER NOT NULL,
  PRIMARY KEY (game_id, round, user_id)
);

CREATE TABLE player_results (
  game_id UUID NOT NULL,
  user_id TEXT NOT NULL,
  nickname TEXT NOT NULL,
  team TEXT,
  rank INTEGER NOT NULL,
  score INTEGER NOT NULL,
  correct INTEGER NOT NULL,
  answered INTEGER NOT NULL,
  mean_ms INTEGER NOT NULL,
  -- Extra time in percent: it stretches a player's clock, so recomputing a score needs it.
  extra_time_percent INTEGER NOT NULL,
  PRIMARY KEY (game_id, user_id)
);

-- Scored answers summed per player, category and game, made once when a game ends: a player's page over a year of
-- parties reads a few hundred rows instead of all their answers.
CREATE TABLE category_performance (
  user_id TEXT NOT NULL,
  category TEXT NOT NULL,
  game_id UUID NOT NULL,
  answered INTEGER NOT NULL,
  correct INTEGER NOT NULL,
  points INTEGER NOT NULL,
  answered_ms BIGINT NOT NULL,
  PRIMARY KEY (user_id, category, game_id)
);

CREATE INDEX category_performance_by_game ON category_performance (game_id);

-- The last finished round of a party that is still running, with all that is needed to go on from it.
CREATE TABLE checkpoints (
  party_id UUID PRIMARY KEY,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  round INTEGER NOT NULL,
  document JSONB NOT NULL,
  saved_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- A writer whose acknowledgement was lost tries again; without this row it would bring an erased party back.
CREATE TABLE erased_parties (
  party_id UUID PRIMARY KEY,
  erased_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
