/**
 * The gateway's side of a party's live state: opening, joining, answering, asking, watching. Each call is exact on any
 * gateway; none of them waits for a leader.
 */
import type { Choice } from '../answer.ts';
import type { HostCommand } from '../command.ts';
import type { AnswerGate } from '../gate.ts';
import type { Hold } from '../hold.ts';
import type { Party } from '../party.ts';
import type { Player, Standing } from '../player.ts';
import type { Quiz } from '../question.ts';
import type { Envelope } from './envelope.ts';
import type { Door, Projection } from './party-store.ts';

/** A party as its last commit left it, with the head count of this moment. */
export interface Snapshot {
  party_id: string;
  epoch: number;
  seq: number;
  phase: Party['phase']['name'];
  round: number;
  /** Epoch ms; 0 where no question is open. */
  opens_at: number;
  closes_at: number;
  view: string;
  host_view: string;
  gate: AnswerGate | null;
  door: Door;
  instant_key: string | null;
  /** In at this moment, and not only at the last commit; who waits to be let in is counted apart. */
  players_total: number;
  waiting_total: number;
}

/** What is personal about one player, for `state`. */
export interface Seat {
  player: Player | null;
  /** After the round asked for; null for a newcomer. */
  standing: Standing | null;
  /** The answer already given in the round asked for. */
  answer: { id: string; choice: Choice | null; elapsed_ms: number } | null;
}

export type Admission =
  | { result: 'admitted'; player: Player; players_total: number }
  /** The same player, or the same idempotency key, was let in before. */
  | { result: 'already_in'; player: Player; same_key: boolean }
  | { result: 'no_party' | 'locked' | 'full' | 'banned' | 'nickname_taken' | 'roster_taken' | 'too_late' };

export interface AdmissionRequest extends Hold {
  party_id: string;
  player: Player;
  /** Teams that fill in turn, by the order of admission: the player gets one of them. Empty: the player stays as given. */
  auto_teams: string[];
}

/** One answer on its way into a round. */
export interface AnswerDraft {
  user_id: string;
  id: string;
  choice: Choice | null;
  /** What the answer adds one to in the tally: a choice id, each chosen id, a rating, each word; none for text. null
   * where the gateway knew no open question to judge the form by: it is looked up, and never accepted. */
  tally: string[] | null;
  /** How long after the deadline this player may still answer, in ms. */
  extra_ms: number;
}

export type AnswerVerdict =
  | { verdict: 'accepted'; elapsed_ms: number }
  /** This player has an answer in this round already; the same message id means it is the same one. */
  | { verdict: 'stored'; id: string; choice: Choice | null; elapsed_ms: number }
  /** `unjudged`: the round is open, which the sender of the draft did not know yet. `paused`: it stands still and goes on. */
  | { verdict: 'late' | 'wrong_round' | 'unjudged' | 'paused' | 'no_party' };

/** What one gateway sees of a party. */
export interface LocalPresence {
  players: number;
  hosts: number;
  spectators: number;
  /** The round that all its connected players have answered; 0 otherwise. */
  answered_round: number;
}

export interface PartyDesk {
  /**
   * Writes a new party and announces it to the leaders. The room code is drawn by the caller; `code_taken` asks for
   * another. Opening a party that is there changes nothing and is `opened` too. `epoch` (1 by default) is raised where a
   * party is restored, `players` are seated in their order, `standings` are those of the last scored round, `holds` are
   * theirs again, and `bans` may not come back.
   */
  open(opening: {
    party: Party;
    quiz: Quiz;
    projection: Projection;
    players: Player[];
    epoch?: number;
    standings?: [user_id: string, standing: Standing][];
    holds?: [user_id: string, hold: Hold][];
    bans?: string[];
  }): Promise<'opened' | 'code_taken'>;
  partyOfRoomCode(room_code: string): Promise<string | null>;
  snapshot(party_id: string): Promise<Snapshot | null>;
  /** Seats of many players at once. `standings_round`/`answers_round` 0: not asked for. */
  seats(party_id: string, user_ids: string[], at: { standings_round: number; answers_round: number }): Promise<Seat[]>;
  /** Accounts of many players after a round; null where somebody has none. */
  standingsOf(party_id: string, user_ids: string[], round: number): Promise<(Standing | null)[]>;
  /** The first `limit` players in order of joining, for small parties' lists. */
  listPlayers(party_id: string, limit: number): Promise<Player[]>;
  /** Those of them who may not come back; an identity of theirs that is not their id does not count. */
  bannedAmong(party_id: string, user_ids: string[]): Promise<string[]>;
  admit(request: AdmissionRequest): Promise<Admission>;
  /** One script for the whole batch (at most 500): the window, first write wins, tally. Verdicts in the order given. */
  accept(party_id: string, round: number, batch: AnswerDraft[]): Promise<AnswerVerdict[]>;
  /** Queues a host command for the leader; its reply comes on the channel. `no_party` where there is none. */
  submit(party_id: string, command: HostCommand): Promise<'queued' | 'no_party'>;
  reportPresence(party_id: string, gateway_id: string, presence: LocalPresence, urgency: 'now' | 'soon'): Promise<void>;
  /** Tells every gateway of the party, this one too, that these players have come to it: the last one to say so has them. */
  tellCame(party_id: string, gateway_id: string, user_ids: string[]): Promise<void>;
  /** Delivers the party's envelopes in order until the returned function is called. `doubt`: continuity was lost. */
  watch(
    party_id: string,
    on: {
      envelope: (envelope: Envelope) => void;
      came?: (gateway_id: string, user_ids: string[]) => void;
      doubt: () => void;
    },
  ): Promise<() => Promise<void>>;
}
