/**
 * The invariants I1-I13 as far as they can be seen from outside: each takes a history and what was stored, and returns its
 * violations in words. A check that saw nothing proves nothing: callers also look at how much was acked.
 */
import type { StoredResults } from '@partyline/core';
import type { ServerData, ServerMessage } from '@partyline/protocol';
import { ackedAnswers, type History, type Received } from './history.ts';

export interface Stored {
  results: StoredResults;
  /** Rows of the literal tables, by party. */
  party_players: { user_id: string; score: number }[];
  games: number;
}

export interface Expectation {
  stored: Stored;
  /** Players the host removed: their answers are not owed. */
  removed?: string[];
  /** Time limit of a round and what answers may take beyond it (grace, extra time, given back outages), ms. */
  window_ms: number;
  /** Recomputes the points of one stored answer; null where this run does not judge them. */
  pointsOf?: (row: StoredResults['answers'][number]) => number | null;
  /** Rounds that were not checkpointed when the live store lost its data: what was acked in them before is not owed. */
  lost_rounds?: number[];
}

type Check = (history: History, at: Expectation) => string[];

const checks: Record<string, Check> = {
  I1: ackedAreStored,
  I2: noPhantoms,
  I3: oncePerRound,
  I4: insideTheWindow,
  I5: scoresAgree,
  I6: oneOrder,
  I7: roundsInOrder,
  I9: screensAgree,
  I10: oneGame,
  I13: tallyIsVoters,
};

export function checkHistory(history: History, at: Expectation): string[] {
  return Object.entries(checks).flatMap(([name, check]) => check(history, at).map((text) => `${name}: ${text}`));
}

function ackedAreStored(history: History, { stored, removed = [], lost_rounds = [] }: Expectation): string[] {
  const rows = new Map(stored.results.answers.map((row) => [`${row.user_id} ${row.round}`, row]));
  const lost = ackedAnswers(history).filter(({ user_id, round, choice }) => {
    if (removed.includes(user_id) || lost_rounds.includes(round)) return false;
    const row = rows.get(`${user_id} ${round}`);
    return row === undefined || JSON.stringify(row.choice) !== JSON.stringify(choice);
  });
  return lost.map(
    ({ user_id, round, choice }) =>
      `${user_id}'s acked answer ${JSON.stringify(choice)} of round ${round} is not stored`,
  );
}

function noPhantoms({ sent }: History, { stored }: Expectation): string[] {
  const said = new Set(
    sent.flatMap(({ user_id, message }) =>
      message.type === 'answer' ? [`${user_id} ${message.data.round} ${JSON.stringify(message.data.choice)}`] : [],
    ),
  );
  return stored.results.answers
    .filter((row) => row.choice !== null && !said.has(`${row.user_id} ${row.round} ${JSON.stringify(row.choice)}`))
    .map((row) => `${row.user_id} never sent ${JSON.stringify(row.choice)} in round ${row.round}`);
}

function oncePerRound(_history: History, { stored }: Expectation): string[] {
  const seen = new Set<string>();
  return stored.results.answers.flatMap(({ user_id, round }) => {
    const key = `${user_id} ${round}`;
    const isTwice = seen.has(key);
    seen.add(key);
    return isTwice ? [`${user_id} has two answers in round ${round}`] : [];
  });
}

function insideTheWindow(_history: History, { stored, window_ms }: Expectation): string[] {
  return stored.results.answers
    .filter(({ elapsed_ms }) => elapsed_ms < 0 || elapsed_ms > window_ms)
    .map(({ user_id, round, elapsed_ms }) => `${user_id}'s answer of round ${round} took ${elapsed_ms} ms`);
}

function scoresAgree({ received }: History, { stored, removed = [], pointsOf = () => null }: Expectation): string[] {
  const { answers, leaderboard } = stored.results;
  const faults = answers.flatMap((row) => {
    const points = pointsOf(row);
    return points === null || points === row.points
      ? []
      : [`${row.user_id} got ${row.points} in round ${row.round}, not ${points}`];
  });
  const shown = lastShownScores(received);
  for (const line of leaderboard) {
    const sum = answers
      .filter(({ user_id }) => user_id === line.user_id)
      .reduce((total, { points }) => total + points, 0);
    if (sum !== line.score) faults.push(`${line.user_id} has ${line.score}, the answers make ${sum}`);
    const seen = shown.get(line.user_id);
    if (seen !== undefined && seen !== line.score)
      faults.push(`${line.user_id} was shown ${seen}, stored is ${line.score}`);
    const row = stored.party_players.find(({ user_id }) => user_id === line.user_id);
    if (row !== undefined && row.score !== line.score)
      faults.push(`party_players has ${row.score} for ${line.user_id}, not ${line.score}`);
  }
  const missing = [...shown.keys()].filter(
    (user) => !removed.includes(user) && !leaderboard.some(({ user_id }) => user_id === user),
  );
  return [...faults, ...missing.map((user_id) => `${user_id} is missing in the stored leaderboard`)];
}

/** Each player's score in the last `finished` they saw. */
function lastShownScores(received: Received[]): Map<string, number> {
  const shown = new Map<string, number>();
  for (const { user_id, message } of received) {
    if (message.type !== 'finished' || user_id === null || message.data.you === undefined) continue;
    shown.set(user_id, message.data.you.score);
  }
  return shown;
}

const unsequenced = new Set(['state', 'ack', 'error', 'ping', 'reconnect']);

function isSequenced({ type }: ServerMessage): boolean {
  return !unsequenced.has(type);
}

function oneOrder({ received }: History): string[] {
  const faults: string[] = [];
  const payloads = new Map<string, string>();
  const positions = new Map<string, { epoch: number; seq: number }>();
  for (const { client, socket, message } of received) {
    const { epoch, seq, type } = message;
    const key = `${client}#${socket}`;
    const last = positions.get(key);
    const isState = type === 'state';
    if (isSequenced(message) || isState) {
      const falls =
        last !== undefined &&
        (epoch < last.epoch || (epoch === last.epoch && (isState ? seq < last.seq : seq <= last.seq)));
      if (falls) faults.push(`${key} was shown ${type} ${epoch}:${seq} after ${last.epoch}:${last.seq}`);
      positions.set(key, { epoch, seq });
    }
    if (!isSequenced(message)) continue;
    const payload = JSON.stringify({ type, data: { ...message.data, you: undefined } });
    const place = `${epoch}:${seq}`;
    const known = payloads.get(place);
    if (known !== undefined && known !== payload)
      faults.push(`two payloads at ${place}: ${known.slice(0, 80)} and ${payload.slice(0, 80)}`);
    payloads.set(place, known ?? payload);
  }
  return faults;
}

function roundsInOrder({ received }: History): string[] {
  const told = new Map<string, { epoch: number; seq: number; type: string; round: number }>();
  for (const { message } of received) {
    if (message.type !== 'question' && message.type !== 'reveal') continue;
    const { epoch, seq, type, data } = message;
    told.set(`${epoch}:${seq}`, { epoch, seq, type, round: data.round });
  }
  const ordered = [...told.values()].sort((a, b) => a.epoch - b.epoch || a.seq - b.seq);
  const faults: string[] = [];
  let last = { epoch: 0, step: 0 };
  for (const { epoch, type, round } of ordered) {
    const step = round * 2 + (type === 'reveal' ? 1 : 0);
    if (epoch === last.epoch && step <= last.step)
      faults.push(`${type} of round ${round} came after step ${last.step}`);
    last = { epoch, step };
  }
  return ordered.length === 0 ? ['nobody saw a question'] : faults;
}

/** The leaderboard each client saw at the end must be the same for all; who still waits at the door is shown none. */
function screensAgree({ received }: History): string[] {
  const ends = new Map<string, string>();
  for (const { client, message } of received) {
    if (message.type === 'finished') ends.set(client, JSON.stringify(message.data.leaderboard));
    if (message.type === 'state' && message.data.phase === 'finished' && message.data.you.status === 'playing')
      ends.set(client, JSON.stringify(message.data.leaderboard));
  }
  const different = new Set(ends.values());
  return different.size > 1 ? [`${different.size} different final leaderboards were shown`] : [];
}

function oneGame(_history: History, { stored }: Expectation): string[] {
  const faults = stored.games === 1 ? [] : [`${stored.games} game rows`];
  const { leaderboard } = stored.results;
  const users = new Set(leaderboard.map(({ user_id }) => user_id));
  if (users.size !== leaderboard.length) faults.push('a player has two result rows');
  return faults;
}

function tallyIsVoters({ received }: History, { stored, removed = [] }: Expectation): string[] {
  const faults: string[] = [];
  // A round that was played again after the store lost its data has two reveals: the later one stands.
  const reveals = new Map<number, { epoch: number; data: ServerData<'reveal'> | null }>();
  for (const { message } of received) {
    if (message.type !== 'reveal' && message.type !== 'round_skipped') continue;
    if (message.epoch < (reveals.get(message.data.round)?.epoch ?? 0)) continue;
    // Played again and skipped this time: nothing that was shown of it stands.
    reveals.set(message.data.round, { epoch: message.epoch, data: message.type === 'reveal' ? message.data : null });
  }
  for (const { data } of reveals.values()) {
    if (data === null) continue;
    const { round, counts, answered } = data;
    const rows = stored.results.answers.filter((row) => row.round === round);
    // The answers of the removed were counted and are not stored.
    const isExplained = rows.length <= answered && answered <= rows.length + removed.length;
    if (!isExplained) faults.push(`round ${round} was shown ${answered} answers, ${rows.length} are stored`);
    const [kind] = rows.map((row) => row.kind);
    const votes = Object.values(counts).reduce((sum, count) => sum + count, 0);
    if (isOneEach(kind) && votes !== answered)
      faults.push(`round ${round} counts ${votes} votes of ${answered} voters`);
    const chosen = rows.reduce((sum, { choice }) => sum + (Array.isArray(choice) ? choice.length : 0), 0);
    if (kind === 'multiple' && answered === rows.length && votes !== chosen)
      faults.push(`round ${round} counts ${votes} chosen options, ${chosen} are stored`);
  }
  return faults;
}

function isOneEach(kind: string | undefined): boolean {
  return kind !== undefined && ['single', 'true_false', 'poll', 'rating', 'word_cloud'].includes(kind);
}
