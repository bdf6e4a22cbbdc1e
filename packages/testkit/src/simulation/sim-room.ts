/** A room in a simulation: a quiz and settings drawn from the seed, and a host whose hand is never still. */
import type { AuthoredQuestion, Scoring } from '@partyline/core';
import type { RecordedPlayer } from '../history/recorded-player.ts';
import { between, pick, type SeededRandom } from './seeded-random.ts';
import type { SimNode } from './sim-node.ts';
import type { VirtualTime } from './virtual-time.ts';

/** From a command to the next one, ms: from, to. */
const hastes: [number, number][] = [
  [300, 1_500],
  [500, 6_000],
];
const mostExtensions = 3;

const kinds = ['single', 'true_false', 'multiple', 'text', 'number', 'order', 'poll', 'rating', 'word_cloud'] as const;

export interface SimRoom {
  party_id: string;
  room_code: string;
  host_token: string;
  scoring: Scoring;
}

export async function openRoom(
  node: SimNode | undefined,
  at: { random: SeededRandom; key: string; rounds: number; limit_ms: number; isInstant: boolean },
): Promise<SimRoom> {
  const { random } = at;
  const scoring = pick(random, ['kahoot', 'linear', 'accuracy', 'none'] as const);
  const questions = Array.from({ length: at.rounds }, () => questionOf(random, at.limit_ms / 1_000));
  const settings = {
    scoring,
    pacing: pick(random, ['host', 'auto']),
    feedback: at.isInstant ? 'instant' : 'reveal',
    show_vote_results: pick(random, ['live', 'reveal']),
    approve_joins: random() < 0.3,
    reveal_seconds: 1,
  };
  const reply = await node?.transport.request(
    'POST',
    '/api/rooms',
    { quiz: { title: 'Simulated', questions }, settings },
    { authorization: `Bearer ${at.key}` },
  );
  if (reply?.status !== 201) throw new Error(`no room: ${JSON.stringify(reply)}`);
  return { ...(reply.body as Omit<SimRoom, 'scoring'>), scoring };
}

function questionOf(random: SeededRandom, time_limit_seconds: number): AuthoredQuestion {
  const common = { prompt: 'What now?', time_limit_seconds };
  const choices = ['A', 'B', 'C', 'D'].map((text) => ({ text }));
  const kind = pick(random, kinds);
  switch (kind) {
    case 'single':
      return { ...common, kind, choices: choices.map((choice, index) => ({ ...choice, correct: index === 1 })) };
    case 'multiple':
      return { ...common, kind, choices: choices.map((choice, index) => ({ ...choice, correct: index < 2 })) };
    case 'true_false':
      return { ...common, kind, answer: random() < 0.5 };
    case 'text':
      return { ...common, kind, accepted: [{ text: 'Seven', case_sensitive: random() < 0.3 }] };
    case 'order':
      return { ...common, kind, choices };
    case 'number':
      return { ...common, kind, answer: 7, min: 0, max: 20, ...(random() < 0.5 ? { tolerance: 2 } : {}) };
    case 'poll':
      return { ...common, kind, choices };
    case 'rating':
    case 'word_cloud':
      return { ...common, kind };
  }
}

export interface SimHost {
  /** Whom it wanted out. Whether the word took effect is not known here. */
  removed(): string[];
  /** By how much it wanted rounds extended, in all, ms. */
  extended_ms(): number;
}

export function driveHost(at: {
  host: RecordedPlayer;
  players: RecordedPlayer[];
  time: VirtualTime;
  random: SeededRandom;
  story: string[];
}): SimHost {
  const { host, players, time, random, story } = at;
  const haste = pick(random, hastes);
  const removed: string[] = [];
  let extended_ms = 0;

  function act(): void {
    if (host.isDone()) return;
    const said = say();
    if (said !== null) story.push(`${time.now() - 1_800_000_000_000} ms: the host says ${said}`);
    time.timers.after(between(random, ...haste), act);
  }

  function say(): string | null {
    const { phase } = host.seen();
    if (phase === 'unknown' || phase === 'finished') return null;
    const command = commandFor(phase);
    if (command === 'extend') return extend();
    if (command === 'kick' || command === 'ban') return remove(command);
    if (command === 'approve') return approve();
    host.command(command);
    return command;
  }

  function commandFor(phase: string) {
    if (phase === 'lobby') return pick(random, ['start', 'start', 'start', 'approve'] as const);
    if (phase === 'paused') return pick(random, ['resume', 'resume', 'resume', 'skip', 'next', 'end'] as const);
    // Few games are to be cut short: what comes late in one would hardly be played.
    if (random() < 0.02) return 'end';
    return pick(random, [
      ...(['next', 'next', 'next', 'next', 'next', 'pause', 'pause', 'resume'] as const),
      ...(['extend', 'extend', 'skip', 'kick', 'ban', 'lock', 'unlock', 'start'] as const),
      ...(['approve', 'approve', 'approve'] as const),
    ]);
  }

  function extend(): string | null {
    const seconds = between(random, 1, 5);
    if (extended_ms >= mostExtensions * 5_000) return null;
    extended_ms += seconds * 1_000;
    host.commandWith({ type: 'extend', data: { seconds } });
    return `extend ${seconds}`;
  }

  /** One at most, and never the last one. */
  function remove(type: 'kick' | 'ban'): string | null {
    const place = between(random, 0, players.length - 1);
    const user_id = players[place]?.user_id ?? null;
    if (user_id === null || players.length < 3 || removed.length > 0) return null;
    removed.push(user_id);
    host.commandWith({ type, data: { user_id } });
    return `${type} u${place}`;
  }

  /** Whether somebody waits, plays or has gone: the same word to all of them. */
  function approve(): string | null {
    const place = between(random, 0, players.length - 1);
    const user_id = players[place]?.user_id ?? null;
    if (user_id === null) return null;
    host.commandWith({ type: 'approve', data: { user_id } });
    return `approve u${place}`;
  }

  time.timers.after(between(random, 100, 2_000), act);
  return { removed: () => [...removed], extended_ms: () => extended_ms };
}
