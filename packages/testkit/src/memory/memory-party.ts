/**
 * One party as the in-memory store holds it: the rules of `lua/*.lua` once more, in TypeScript. Synchronous, so each
 * operation is as atomic as a script. Values go in and out as JSON, as they do over a wire, so nothing is shared.
 */

import type {
  Admission,
  AdmissionRequest,
  Answer,
  AnswerDraft,
  AnswerVerdict,
  Claimed,
  CommitResult,
  Fence,
  Gathered,
  Hold,
  HostCommand,
  InboxItem,
  LocalPresence,
  Party,
  Player,
  Projection,
  Quiz,
  Seat,
  Snapshot,
  Standing,
  Turn,
} from '@partyline/core';
import { headCount, scoredRound, summedAttendance } from '@partyline/core';

interface Round {
  answers: Map<string, Omit<Answer, 'user_id'>>;
  tally: Map<string, number>;
  feed: string[];
  standings: Map<string, string>;
}

export interface MemoryOpening {
  party: Party;
  quiz: Quiz;
  projection: Projection;
  players: Player[];
  epoch: number;
  standings?: [string, Standing][];
  holds?: [string, Hold][];
  bans?: string[];
}

/** What one operation has to say to the outside, in order. */
export type Say = (channel: 'wake' | 'envelopes', message: string) => void;

const mostGathered = 1_000;
const inboxCapacity = 50_000;
/** A gateway that is not on the roll yet is believed for so long. */
const believedMs = 5_000;

export class MemoryParty {
  readonly #say: Say;
  readonly #quiz: string;
  readonly #epoch: number;
  #fence: Fence = { number: 0, nonce: '' };
  #seq = 0;
  #lastTurn: Turn | null = null;
  #party: string;
  #projection: string;
  #woken: '' | 'soon' | 'now' = '';
  /** Players seated and admitted so far, those who have left included. */
  #joins: number;
  /** In order of joining. */
  readonly #players = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #roster = new Map<string, string>();
  readonly #idempotency = new Map<string, string>();
  readonly #holds = new Map<string, Hold>();
  readonly #bans: Set<string>;
  readonly #rounds = new Map<number, Round>();
  readonly #presence = new Map<string, { reported_at: number; presence: string }>();
  #inbox: string[] = [];

  constructor(opening: MemoryOpening, say: Say) {
    const { party, quiz, projection, players, epoch, standings = [], holds = [], bans = [] } = opening;
    this.#say = say;
    this.#epoch = epoch;
    this.#quiz = JSON.stringify(quiz);
    this.#party = JSON.stringify(party);
    this.#projection = JSON.stringify(projection);
    for (const player of players) this.#players.set(player.user_id, JSON.stringify(player));
    this.#joins = players.length;
    for (const [user_id, hold] of holds) this.#hold(user_id, hold);
    this.#bans = new Set(bans);
    const kept = this.#round(scoredRound(party)).standings;
    for (const [user_id, standing] of standings) kept.set(user_id, JSON.stringify(standing));
  }

  claim(nonce: string): Claimed {
    this.#fence = { number: this.#fence.number + 1, nonce };
    this.#woken = '';
    return {
      fence: { ...this.#fence },
      epoch: this.#epoch,
      seq: this.#seq,
      party: this.party(),
      quiz: JSON.parse(this.#quiz),
    };
  }

  isFenced(fence: Fence): boolean {
    return fence.number !== this.#fence.number || fence.nonce !== this.#fence.nonce;
  }

  party(): Party {
    return JSON.parse(this.#party) as Party;
  }

  projection(): Projection {
    return JSON.parse(this.#projection) as Projection;
  }

  players(): Player[] {
    return [...this.#players.values()].map((text) => JSON.parse(text) as Player);
  }

  holds(): [string, Hold][] {
    return structuredClone([...this.#holds]);
  }

  bans(): string[] {
    return [...this.#bans];
  }

  commit(turn: Turn): CommitResult {
    if (this.isFenced(turn.fence) || turn.epoch !== this.#epoch) return { result: 'fenced' };
    if (turn === this.#lastTurn) return { result: 'committed', seq: this.#seq };
    if (turn.seq !== this.#seq) return { result: 'fenced' };
    this.#lastTurn = turn;
    this.#seq = turn.envelopes.reduce((highest, envelope) => Math.max(highest, envelope.seq), turn.seq);
    this.#party = JSON.stringify(turn.party);
    this.#projection = JSON.stringify(turn.projection);
    this.#joins += turn.players.set.filter(({ user_id }) => !this.#players.has(user_id)).length;
    for (const player of turn.players.set) this.#players.set(player.user_id, JSON.stringify(player));
    for (const user_id of turn.players.remove) this.#remove(user_id);
    for (const user_id of turn.players.ban) this.#ban(user_id);
    this.#inbox = this.#inbox.slice(turn.taken);
    for (const round of turn.forget_rounds) this.#rounds.delete(round);
    for (const envelope of turn.envelopes) this.#say('envelopes', JSON.stringify(envelope));
    return { result: 'committed', seq: this.#seq };
  }

  gather(at: {
    round: number;
    counts: boolean;
    feed_from: number | null;
    now: number;
    roll: Map<string, number>;
    silence: Gathered['silence'];
  }): Gathered {
    this.#woken = '';
    const inbox = this.#inbox.slice(0, mostGathered);
    const round = at.round > 0 ? this.#rounds.get(at.round) : undefined;
    const all = round !== undefined && at.feed_from !== null ? round.feed.slice(at.feed_from) : [];
    const users = all.slice(0, mostGathered);
    if (all.length > users.length) this.#wake('soon');
    return {
      inbox: inbox.map((item) => JSON.parse(item) as InboxItem),
      inbox_left: this.#inbox.length - inbox.length,
      ...this.#attendance(at),
      silence: at.silence,
      answered: round?.answers.size ?? 0,
      counts: at.counts ? Object.fromEntries(round?.tally ?? []) : {},
      feed: users.flatMap((user_id) => {
        const answer = round?.answers.get(user_id);
        return answer === undefined ? [] : [{ user_id, ...structuredClone(answer) }];
      }),
    };
  }

  answers(round: number): Answer[] {
    const answers = this.#rounds.get(round)?.answers ?? new Map<string, Omit<Answer, 'user_id'>>();
    return [...answers].map(([user_id, answer]) => ({ user_id, ...structuredClone(answer) }));
  }

  tally(round: number): Record<string, number> {
    return Object.fromEntries(this.#rounds.get(round)?.tally ?? []);
  }

  standings(round: number): [string, Standing][] {
    const standings = this.#rounds.get(round)?.standings ?? new Map<string, string>();
    return [...standings].map(([user_id, text]) => [user_id, JSON.parse(text) as Standing]);
  }

  /** `false`: fenced. */
  writeStandings(fence: Fence, round: number, standings: [string, Standing][]): boolean {
    if (this.isFenced(fence)) return false;
    const kept = this.#round(round).standings;
    for (const [user_id, standing] of standings) kept.set(user_id, JSON.stringify(standing));
    return true;
  }

  snapshot(): Snapshot {
    const party = this.party();
    const projection = this.projection();
    const window = party.phase.name === 'question' ? party.phase : { opens_at: 0, closes_at: 0 };
    return {
      party_id: party.party_id,
      epoch: this.#epoch,
      seq: this.#seq,
      phase: party.phase.name,
      round: party.current_round,
      opens_at: window.opens_at,
      closes_at: window.closes_at,
      ...projection,
      ...headCount(this.#players.size, projection.door),
    };
  }

  seat(user_id: string, at: { standings_round: number; answers_round: number }): Seat {
    const player = this.#players.get(user_id);
    const standing = this.#rounds.get(at.standings_round)?.standings.get(user_id);
    const answer = this.#rounds.get(at.answers_round)?.answers.get(user_id);
    return {
      player: player === undefined ? null : (JSON.parse(player) as Player),
      standing: standing === undefined ? null : (JSON.parse(standing) as Standing),
      answer: answer === undefined ? null : structuredClone(answer),
    };
  }

  admit(request: AdmissionRequest): Admission {
    const { nickname_key, roster_key, identity_keys, idempotency_key, auto_teams } = request;
    const { user_id } = request.player;
    const first =
      idempotency_key === null ? undefined : this.#players.get(this.#idempotency.get(idempotency_key) ?? '');
    if (first !== undefined) return { result: 'already_in', player: JSON.parse(first), same_key: true };
    const known = this.#players.get(user_id);
    if (known !== undefined) return { result: 'already_in', player: JSON.parse(known), same_key: false };
    const { door } = this.projection();
    if ([user_id, ...identity_keys].some((identity) => this.#bans.has(identity))) return { result: 'banned' };
    if (door.phase === 'finished' || (door.phase !== 'lobby' && !door.settings.late_join))
      return { result: 'too_late' };
    if (door.locked) return { result: 'locked' };
    if (this.#players.size >= door.settings.max_players) return { result: 'full' };
    if (roster_key !== null && this.#roster.has(roster_key)) return { result: 'roster_taken' };
    if (nickname_key !== null && this.#names.has(nickname_key)) return { result: 'nickname_taken' };
    const team = auto_teams[this.#joins % auto_teams.length] ?? request.player.team;
    const player: Player = { ...request.player, team };
    this.#joins += 1;
    this.#players.set(user_id, JSON.stringify(player));
    this.#hold(user_id, { nickname_key, roster_key, idempotency_key, identity_keys });
    this.#inbox.push(JSON.stringify({ type: 'joined', player }));
    this.#wake('soon');
    return { result: 'admitted', player, players_total: this.#players.size };
  }

  accept(round: number, drafts: AnswerDraft[], at: { now: number; grace_ms: number }): AnswerVerdict[] {
    const party = this.party();
    const { phase } = party;
    const kept = this.#rounds.get(round)?.answers;
    const isAnother = phase.name === 'lobby' || party.current_round !== round;
    const isHeld = phase.name === 'paused' && phase.was.name === 'question';
    const refusal = isAnother ? 'wrong_round' : isHeld ? 'paused' : 'late';
    const window = phase.name === 'question' && !isAnother ? phase : null;
    const isInstant = this.projection().instant_key !== null;
    let isAnyAccepted = false;
    const verdicts = drafts.map(({ user_id, id, choice, tally, extra_ms }): AnswerVerdict => {
      const before = kept?.get(user_id) ?? this.#rounds.get(round)?.answers.get(user_id);
      if (before !== undefined) return { verdict: 'stored', ...structuredClone(before) };
      if (window === null) return { verdict: refusal };
      if (tally === null) return { verdict: 'unjudged' };
      if (at.now > window.closes_at + at.grace_ms + Math.max(0, extra_ms)) return { verdict: 'late' };
      const elapsed_ms = Math.max(0, at.now - window.opens_at);
      const into = this.#round(round);
      into.answers.set(user_id, structuredClone({ id, choice, elapsed_ms }));
      for (const key of tally) into.tally.set(key, (into.tally.get(key) ?? 0) + 1);
      if (isInstant) into.feed.push(user_id);
      isAnyAccepted = true;
      return { verdict: 'accepted', elapsed_ms };
    });
    if (isAnyAccepted) this.#wake('soon');
    return verdicts;
  }

  /** `false`: the inbox is full. */
  submit(command: HostCommand): boolean {
    if (this.#inbox.length >= inboxCapacity) return false;
    this.#inbox.push(JSON.stringify({ type: 'command', command }));
    this.#wake('now');
    return true;
  }

  reportPresence(gateway_id: string, report: { presence: LocalPresence; urgency: 'now' | 'soon'; now: number }): void {
    const before = this.#presence.get(gateway_id)?.presence ?? '';
    const { players, hosts, spectators } = report.presence;
    const presence = players + hosts + spectators === 0 ? '' : JSON.stringify(report.presence);
    if (presence === '') this.#presence.delete(gateway_id);
    else this.#presence.set(gateway_id, { reported_at: report.now, presence });
    if (presence !== before) this.#wake(report.urgency);
  }

  #wake(urgency: 'now' | 'soon'): void {
    if (this.#woken === 'now' || this.#woken === urgency) return;
    this.#woken = urgency;
    this.#say('wake', urgency);
  }

  #round(round: number): Round {
    const known = this.#rounds.get(round);
    if (known !== undefined) return known;
    const fresh: Round = { answers: new Map(), tally: new Map(), feed: [], standings: new Map() };
    this.#rounds.set(round, fresh);
    return fresh;
  }

  #attendance({ now, roll }: { now: number; roll: Map<string, number> }): Pick<Gathered, 'attendance' | 'waits_until'> {
    const seen = [...this.#presence].flatMap(([gateway_id, { reported_at, presence }]) => {
      const lapses_at = roll.get(gateway_id) ?? reported_at + believedMs;
      return now < lapses_at ? [{ ...(JSON.parse(presence) as LocalPresence), lapses_at }] : [];
    });
    return summedAttendance(seen);
  }

  #hold(user_id: string, hold: Hold): void {
    const { nickname_key, roster_key, idempotency_key } = hold;
    this.#holds.set(user_id, structuredClone(hold));
    if (nickname_key !== null) this.#names.set(nickname_key, user_id);
    if (roster_key !== null) this.#roster.set(roster_key, user_id);
    if (idempotency_key !== null) this.#idempotency.set(idempotency_key, user_id);
  }

  #ban(user_id: string): void {
    for (const identity of this.#holds.get(user_id)?.identity_keys ?? []) this.#bans.add(identity);
    this.#bans.add(user_id);
    this.#remove(user_id);
  }

  #remove(user_id: string): void {
    const hold = this.#holds.get(user_id);
    giveBack(this.#names, hold?.nickname_key, user_id);
    giveBack(this.#roster, hold?.roster_key, user_id);
    giveBack(this.#idempotency, hold?.idempotency_key, user_id);
    this.#holds.delete(user_id);
    this.#players.delete(user_id);
  }
}

function giveBack(held: Map<string, string>, key: string | null | undefined, user_id: string): void {
  if (key !== null && key !== undefined && held.get(key) === user_id) held.delete(key);
}
