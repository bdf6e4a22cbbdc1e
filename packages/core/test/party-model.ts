/**
 * A second, simple account of what a party may do, for the model test: what was opened, closed, revealed and given back is
 * counted here from outside, and compared with what the rules say after every fact.
 */
import assert from 'node:assert/strict';
import type { Command } from '../src/command.ts';
import { decide, dueAt, graceMs } from '../src/decide.ts';
import type { Circumstances, Decision } from '../src/decision.ts';
import type { PartyEvent } from '../src/event.ts';
import { evolve } from '../src/evolve.ts';
import { openParty } from '../src/open-party.ts';
import type { Party, Phase, SettledCommand } from '../src/party.ts';
import type { Player } from '../src/player.ts';
import type { Quiz } from '../src/question.ts';
import type { Settings } from '../src/settings.ts';
import { deepFreeze, openedAt, playersAfter, playersById, question, quiz, settings } from './build.ts';

type PhaseName = Phase['name'];

/** The arrows of party.ts. */
const arrows: Record<PhaseName, PhaseName[]> = {
  lobby: ['question', 'finished'],
  question: ['closing', 'paused'],
  closing: ['reveal', 'question', 'finished'],
  reveal: ['question', 'paused', 'finished'],
  paused: ['question', 'reveal', 'finished'],
  finished: [],
};

const afterTheEnd: PartyEvent['type'][] = ['results_saved', 'round_archived', 'command_settled', 'control_taken'];

export interface Setup {
  kind: Party['kind'];
  settings: Partial<Settings>;
  /** Time limits of the rounds, ms. Every second question is a vote. */
  limits: number[];
  /** Whether instants may fall, as they do a little where a leader with a slower clock takes over. */
  clock?: 'steady' | 'stepping back';
}

export interface PartyModel {
  readonly party: Party;
  readonly players: ReadonlyMap<string, Player>;
  /** What has been seen at all, so that a test can tell that its model is not asleep. */
  readonly seen: Set<string>;
  now: number;
  send(command: Command): Decision;
  /** A join that a new leader is told after it has read the player from the store. */
  joinAfterTakeover(player: Player): void;
  /** An outage that has just ended, told as the leader does: before anything else. */
  outage(ms: number): void;
  /** Every outage that was told, told once more. */
  retellOutages(): void;
}

export function partyModel(setup: Setup): PartyModel {
  const frozenQuiz: Quiz = deepFreeze(
    quiz(setup.limits.map((time_limit_ms, index) => question(index % 2 === 0 ? 'single' : 'poll', { time_limit_ms }))),
  );
  let party: Party = deepFreeze(
    openParty({
      party_id: 'p',
      game_id: 'g',
      room_code: '123456',
      kind: setup.kind,
      title: 'Model',
      owner_id: 'u0',
      created_at: openedAt,
      settings: settings(setup.kind, setup.settings),
      rounds: setup.limits.length,
      players_total: 0,
    }),
  );
  let players: ReadonlyMap<string, Player> = new Map();
  /** Replies by sender and id, oldest first, as far back as they must be remembered. */
  const replies = new Map<string, SettledCommand>();
  const opened: number[] = [];
  const over: number[] = [];
  let initialized = 0;
  let saved = 0;
  /** What the running question's window must be, counted from outside. */
  let running = { opened_at: 0, shift_ms: 0, extended_ms: 0 };
  const outages: { from: number; to: number }[] = [];
  const seen = new Set<string>();

  function send(command: Command): Decision {
    deepFreeze(command);
    const at: Circumstances = { now: self.now, quiz: frozenQuiz, players };
    const before = party;
    const decision = deepFreeze(decide(party, command, at));
    assert.equal(JSON.stringify(decide(party, command, at)), JSON.stringify(decision), 'the same decision twice');
    for (const event of decision.events) follow(command, event);
    if (decision.events.length > 0) party = deepFreeze({ ...party, turned_at: self.now });
    settle(command, before, decision);
    if (command.type === 'tick') expectDue(before, at.now, decision);
    checkState();
    return decision;
  }

  function follow(command: Command, event: PartyEvent): void {
    const { phase: from, archived_through } = party;
    if (from.name === 'finished') assert.ok(afterTheEnd.includes(event.type), `${event.type} after the end`);
    account(command, event);
    party = deepFreeze(evolve(party, event));
    players = playersAfter(players, event);
    const to = party.phase;
    if (from.name !== to.name)
      assert.ok(arrows[from.name].includes(to.name), `${from.name} → ${to.name} by ${event.type}`);
    if (from.name === 'question' && to.name === 'question') assert.equal(from.round, to.round);
    assert.ok(party.archived_through >= archived_through);
    seen.add(event.type);
    seen.add(to.name);
  }

  /** The outside account of one fact, before it is applied. */
  function account(command: Command, event: PartyEvent): void {
    switch (event.type) {
      case 'initialized':
        initialized += 1;
        break;
      case 'round_opened':
        opened.push(event.round);
        assert.ok(event.closes_at > event.opens_at);
        assert.equal(event.closes_at - event.opens_at, setup.limits[event.round - 1]);
        running = { opened_at: event.opens_at, shift_ms: 0, extended_ms: 0 };
        break;
      case 'round_extended':
        assert.equal(party.phase.name, 'question');
        if (command.type === 'host' && command.command.action.type === 'extend') {
          running.extended_ms += command.command.action.seconds * 1000;
        }
        break;
      case 'resumed': {
        assert.equal(party.phase.name, 'paused');
        assert.ok(event.shift_ms >= 0);
        if (party.phase.name === 'paused') running.shift_ms += Math.max(0, self.now - party.phase.paused_at);
        break;
      }
      case 'round_closed':
        assert.deepEqual([party.phase.name, event.round], ['question', opened.at(-1)]);
        seen.add(`closed by ${event.cause}`);
        break;
      case 'round_revealed':
        over.push(event.reveal.round);
        break;
      case 'round_skipped':
        over.push(event.round);
        break;
      case 'results_saved':
        saved += 1;
        break;
      case 'finished':
        seen.add(`finished as ${event.reason}`);
        break;
      default:
        break;
    }
  }

  /** C1-C5: one reply per id and sender, and nothing happens the second time. */
  function settle(command: Command, before: Party, { events, reply }: Decision): void {
    if (command.type !== 'host' || command.command.action.type === 'take_control') {
      if (command.type !== 'host') assert.equal(reply, null);
      return;
    }
    const { id, by } = command.command;
    const key = JSON.stringify([by, id]);
    const earlier = replies.get(key);
    assert.ok(reply !== null);
    assert.deepEqual([reply.id, reply.by], [id, by]);
    if (earlier !== undefined) {
      assert.deepEqual(reply, earlier, 'the same reply again');
      assert.deepEqual(events, [], 'nothing happens again');
      seen.add('repeated');
      return;
    }
    assert.equal(events.at(-1)?.type, 'command_settled');
    if (reply.refused !== null) {
      assert.equal(events.length, 1, 'a refusal changes nothing else');
      seen.add(`refused as ${reply.refused.code}`);
    }
    if (before.phase.name === 'finished') assert.equal(reply.refused?.code, 'not_allowed');
    replies.set(key, reply);
    const [oldest] = replies.keys();
    if (replies.size > 64 && oldest !== undefined) replies.delete(oldest);
  }

  /** T2: a tick moves a party exactly where it is due. */
  function expectDue(before: Party, now: number, { events }: Decision): void {
    const due = dueAt(before);
    const isDue = due !== null && now >= due;
    assert.equal(events.length > 0, isDue, `tick at ${now}, due at ${due}`);
    if (isDue) assert.notDeepEqual(party.phase, before.phase);
  }

  function checkState(): void {
    const { phase, current_round, rounds } = party;
    assert.ok(current_round >= 1 && current_round <= rounds);
    assert.ok(opened.every(isInOrder), 'rounds open in order and once');
    assert.ok(over.every(isInOrder), 'rounds are over in order and once');
    assert.ok(opened.length - over.length <= 1);
    const isRunning = ['question', 'closing'].includes(phase.name === 'paused' ? phase.was.name : phase.name);
    assert.equal(opened.length - over.length, isRunning ? 1 : 0);
    if (opened.length > 0) assert.equal(current_round, opened.length);
    assert.equal(party.started_at === null, opened.length === 0);
    assert.ok(initialized <= 1 && saved <= 1);
    assert.equal(party.initialized, initialized === 1);

    const everybody = [...players.values()];
    assert.equal(party.players_total, everybody.filter(({ status }) => status === 'playing').length);
    assert.equal(party.waiting_total, everybody.filter(({ status }) => status === 'waiting').length);
    assert.ok(party.answered_told >= 0 && party.settled.length <= 64);
    assert.ok(party.windows.every((window) => window.opened_at <= window.closed_at));
    assert.equal(party.windows.length, opened.length - (isRunning && phase.name !== 'closing' ? 1 : 0));
    for (const line of party.ranking.leaderboard) assert.ok(players.has(line.user_id), 'only players are ranked');
    checkWindow(phase.name === 'paused' ? phase.was : phase);
    assertNumbers(phase);
    assertNumbers(party.windows);
    assertNumbers([party.compensated_until, party.started_at]);
  }

  /** T3-T8: a question's window is its time limit and what it was given, moved on by what it lost. */
  function checkWindow(phase: Phase): void {
    if (phase.name !== 'question') return;
    const limit = setup.limits[phase.round - 1] ?? 0;
    assert.ok(phase.closes_at > phase.opens_at);
    assert.equal(phase.closes_at - phase.opens_at, limit + running.extended_ms);
    const given = phase.opens_at - running.opened_at;
    if (setup.clock === 'stepping back') assert.ok(given >= 0, 'a window never moves back');
    else assert.equal(given, running.shift_ms, 'what was lost is given back once');
    let percent = 0;
    for (const one of players.values())
      if (one.status === 'playing') percent = Math.max(percent, one.extra_time_percent);
    if (party.phase.name === 'question') assert.ok(phase.extra_ms >= Math.round((limit * percent) / 100));
  }

  const self: PartyModel = {
    get party() {
      return party;
    },
    get players() {
      return players;
    },
    seen,
    now: openedAt,
    send,
    joinAfterTakeover(player) {
      // A finished party takes nobody in, so the store has nobody new either.
      const isNew = !players.has(player.user_id) && party.phase.name !== 'finished';
      if (isNew) players = playersById([...players.values(), player]);
      send({ type: 'joined', player: players.get(player.user_id) ?? player });
    },
    outage(ms) {
      const from = self.now;
      const { phase } = party;
      const isLost = phase.name === 'question' && from < phase.closes_at + phase.extra_ms + graceMs;
      self.now += ms;
      if (isLost) running.shift_ms += ms;
      // One that began when the round was due already is told in the same turn as the tick that closes it, never again.
      if (phase.name !== 'question' || isLost) outages.push({ from, to: self.now });
      send({ type: 'outage', from, to: self.now });
    },
    retellOutages() {
      for (const outage of outages) {
        const { events } = send({ type: 'outage', ...outage });
        if (setup.clock !== 'stepping back') assert.deepEqual(events, [], 'an outage is given back once');
      }
    },
  };
  return self;
}

function isInOrder(round: number, index: number): boolean {
  return round === index + 1;
}

/** Every number in a value, however deep, is a finite one. */
export function assertNumbers(value: unknown): void {
  if (typeof value === 'number') assert.ok(Number.isFinite(value), 'every number is finite');
  if (typeof value !== 'object' || value === null) return;
  for (const part of Object.values(value)) assertNumbers(part);
}
