/** Parties, players and turns as the suites need them: valid, small, and told apart by what is passed in. */
import { randomUUID } from 'node:crypto';
import {
  type AdmissionRequest,
  type AnswerDraft,
  type Claimed,
  type Envelope,
  newcomer,
  openParty,
  type Party,
  type Player,
  type Projection,
  type Quiz,
  roomDefaults,
  type Standing,
  type Turn,
} from '@partyline/core';

export function sampleParty(over: Partial<Party> = {}): Party {
  const party_id = over.party_id ?? randomUUID();
  return {
    ...openParty({
      party_id,
      game_id: randomUUID(),
      // Long enough that no two parties of a run meet; suites that want a collision say so.
      room_code: randomUUID().replaceAll('-', ''),
      kind: 'room',
      title: 'Rivers & lakes',
      owner_id: 'host-key-1',
      created_at: 1_700_000_000_000,
      settings: roomDefaults,
      rounds: 3,
      players_total: 0,
    }),
    ...over,
  };
}

export const sampleQuiz: Quiz = {
  quiz_id: null,
  title: 'Rivers & lakes',
  questions: [1, 2, 3].map((n) => ({
    id: `q${n}`,
    kind: 'single',
    prompt: `Which one is number ${n}?`,
    category: 'geography',
    time_limit_ms: 20_000,
    points: 1_000,
    choices: ['a', 'b', 'c', 'd'].map((id) => ({ id, text: `choice ${id}` })),
    key: { kind: 'choices', correct: ['a'] },
  })),
};

export function sampleProjection(party: Party, over: Partial<Projection> = {}): Projection {
  const { kind, phase, locked, settings, owner_id, title, room_code, game_id, rounds } = party;
  return {
    view: `{"view":"${phase.name}"}`,
    host_view: `{"host_view":"${phase.name}"}`,
    door: {
      ...{ kind, phase: phase.name, locked, settings, owner_id, title, room_code, game_id, rounds },
      ...{ let_in: party.players_total, scored_round: 0 },
    },
    gate: null,
    instant_key: null,
    ...over,
  };
}

export function samplePlayer(user_id: string, over: Partial<Player> = {}): Player {
  return {
    user_id,
    nickname: `Nick ${user_id}`,
    joined_at: 1_700_000_000_000,
    status: 'playing',
    team: null,
    extra_time_percent: 0,
    ...over,
  };
}

export function sampleRequest(
  party_id: string,
  user_id: string,
  over: Partial<AdmissionRequest> = {},
): AdmissionRequest {
  return {
    party_id,
    player: samplePlayer(user_id),
    auto_teams: [],
    nickname_key: null,
    roster_key: null,
    identity_keys: [],
    idempotency_key: null,
    ...over,
  };
}

export function sampleDraft(user_id: string, choice = 'a', over: Partial<AnswerDraft> = {}): AnswerDraft {
  return { user_id, id: `m-${user_id}-${choice}`, choice, tally: [choice], extra_ms: 0, ...over };
}

export function sampleStanding(score: number, over: Partial<Standing> = {}): Standing {
  return { ...newcomer, score, answered: 1, correct: 1, answered_ms: 1_234, correct_ms: 1_234, rank: 1, ...over };
}

/** Turns nothing into nothing, under the claim given; `over` says what it does instead. */
export function sampleTurn(claimed: Claimed, over: Partial<Turn> = {}): Turn {
  const party = over.party ?? claimed.party;
  return {
    party_id: party.party_id,
    fence: claimed.fence,
    epoch: claimed.epoch,
    seq: claimed.seq,
    party,
    projection: sampleProjection(party),
    envelopes: [],
    taken: 0,
    players: { set: [], remove: [], ban: [] },
    forget_rounds: [],
    ...over,
  };
}

export function sampleEnvelope(claimed: Claimed, seq: number, over: Partial<Envelope> = {}): Envelope {
  const frame = JSON.stringify({ type: 'lobby', epoch: claimed.epoch, seq, data: { text: 'ünïcode\n"quoted"' } });
  return {
    epoch: claimed.epoch,
    seq,
    type: 'lobby',
    audience: 'all',
    form: 'shared',
    round: 0,
    told_at: null,
    frame,
    ...over,
  };
}
