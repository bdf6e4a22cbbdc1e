/**
 * A whole game on a simulated cluster, with faults, decided by one seed: leaders die, stand still past their lease, lose
 * messages or hear them out of order, the store goes away and comes back. Returns every broken invariant in words.
 */
import type { PoolQuestion, Scoring, StoredResults, Turn } from '@partyline/core';
import { graceMs, timedPoints } from '@partyline/core';
import type { Log } from '@partyline/leader';
import { checkHistory } from '../history/check-history.ts';
import { ackedAnswers, createHistory, type History } from '../history/history.ts';
import { createRecordedPlayer, type RecordedPlayer } from '../history/recorded-player.ts';
import { createMemoryArchive } from '../memory/archive.ts';
import { createMemoryAuditTrail } from '../memory/audit-trail.ts';
import { createMemoryHostKeys } from '../memory/host-keys.ts';
import { createMemoryWorld } from '../memory/memory-world.ts';
import { createMemoryQuestionPool } from '../memory/question-pool.ts';
import { createMemoryQuizzes } from '../memory/quizzes.ts';
import { plagues } from './plagues.ts';
import { between, seededRandom } from './seeded-random.ts';
import { simDial } from './sim-dial.ts';
import { type SimNode, startSimNode } from './sim-node.ts';
import { driveHost, openRoom, type SimHost, type SimRoom } from './sim-room.ts';
import { createVirtualTime } from './virtual-time.ts';

const nodesAtStart = 3;
/** Every so many-th seed plays a room with a host; the others a quick party. */
const roomEvery = 3;
const gameLimitMs = 10 * 60_000;

export interface SimulationResult {
  seed: number;
  violations: string[];
  /** What was done to the cluster, in order. */
  story: string[];
  /** How many answers were acknowledged: what there was to lose. */
  acked: number;
}

export async function simulate(seed: number): Promise<SimulationResult> {
  const random = seededRandom(seed);
  const time = createVirtualTime();
  const world = createMemoryWorld({ now: time.now });
  const history = createHistory();
  const story: string[] = [];
  const violations: string[] = [];
  const archive = createMemoryArchive();
  const commits: { epoch: number; fence: number; seq: number; heardAt: number }[] = [];
  const shared = {
    world,
    time,
    random,
    archive,
    pool: createMemoryQuestionPool(poolOf(40), (n) => between(random, 0, n - 1)),
    quizzes: createMemoryQuizzes(time.now),
    hostKeys: createMemoryHostKeys(time.now),
    audit: createMemoryAuditTrail(),
    log: logInto(violations),
    committed({ epoch, fence: { number: fence } }: Turn, { seq, began }: { seq: number; began: number }) {
      // A process that stands still hears late of its commit: what counts is the order in the history, not of the replies.
      const newer = commits.find(
        (other) =>
          (other.epoch === epoch && other.fence > fence && other.seq < seq) ||
          (other.epoch > epoch && other.heardAt < began),
      );
      if (newer !== undefined)
        violations.push(`I12: ${epoch}:${fence} committed ${seq} after ${newer.epoch}:${newer.fence}`);
      commits.push({ epoch, fence, seq, heardAt: time.now() });
    },
  };
  const nodes: SimNode[] = [];
  const addNode = async (): Promise<void> => void nodes.push(await startSimNode(`node-${nodes.length + 1}`, shared));
  for (let count = 0; count < nodesAtStart; count += 1) await within(time, addNode());

  const rounds = between(random, 2, 5);
  const limit_ms = 5_000 * between(random, 1, 3);
  const isInstant = random() < 0.5;
  const room = seed % roomEvery === 0 ? await within(time, openSimRoom()) : null;
  const party = room ?? (await within(time, openParty(nodes[0], { rounds, limit_ms, isInstant })));
  const dial = simDial(party.party_id, { nodes, time, random });
  const clientPorts = { dial, now: time.now, timers: time.timers, random, history };
  const players = await within(time, joinAll(between(random, 2, 9)));
  const host = room === null ? null : hostOf(room);
  const clients = host === null ? players : [...players, host.screen];

  async function openSimRoom(): Promise<SimRoom> {
    const { key } = await shared.hostKeys.create('a host');
    return openRoom(nodes[0], { random, key, rounds, limit_ms, isInstant });
  }

  async function joinAll(count: number): Promise<RecordedPlayer[]> {
    const joined: RecordedPlayer[] = [];
    const thinks: [number, number] = [200, limit_ms + 1_500];
    if ('token' in party)
      joined.push(createRecordedPlayer({ ...clientPorts, name: 'u0', user_id: 'u0', token: party.token, thinks }));
    for (let index = joined.length; index < count; index += 1) {
      const name = `u${index}`;
      const transport = nodes[index % nodes.length]?.transport;
      const reply = await (room === null
        ? transport?.request('POST', `/api/party/${party.party_id}/join`, { user_id: name })
        : transport?.request('POST', `/api/rooms/${room.room_code}/join`, { nickname: name }));
      const { token, user_id = name } = (reply?.body ?? { token: '' }) as { token: string; user_id?: string };
      joined.push(createRecordedPlayer({ ...clientPorts, name, user_id, token, thinks }));
    }
    return joined;
  }

  function hostOf({ host_token }: SimRoom): SimHost & { screen: RecordedPlayer } {
    const seat = { name: 'host', user_id: null, token: host_token, thinks: [0, 0] as [number, number] };
    const screen = createRecordedPlayer({ ...clientPorts, ...seat });
    return { ...driveHost({ host: screen, players, time, random, story }), screen };
  }

  const lost_rounds: number[] = [];
  function lose(): boolean {
    const state = world.parties.get(party.party_id)?.party();
    if (state === undefined || state.archived_through === 0 || state.phase.name === 'finished') return false;
    for (let round = state.archived_through + 1; round <= state.current_round; round += 1) lost_rounds.push(round);
    return true;
  }

  const plague = plagues({ world, time, random, nodes, players: clients, addNode, archive, story, lose });
  const isOver = (): boolean => clients.every((client) => client.isDone()) && !world.parties.has(party.party_id);
  const isFinished = await time.run({ limit_ms: gameLimitMs, isDone: isOver });
  plague.stop();
  archive.outage.end();
  archive.outage.loseAcknowledgements(0);
  if (!isFinished) violations.push(`the game did not end: ${JSON.stringify(clients.map((client) => client.seen()))}`);

  const results = await archive.results(party.party_id, null);
  if (results === null) violations.push('I10: there are no results');
  else {
    violations.push(
      ...checkHistory(history, {
        stored: { results, party_players: [], games: 1 },
        window_ms: limit_ms + graceMs + (host?.extended_ms() ?? 0),
        removed: host?.removed() ?? [],
        lost_rounds,
        pointsOf: (row) => expectedPoints(row, { scoring: room?.scoring ?? 'kahoot', limit_ms }),
      }),
    );
  }
  if (lost_rounds.length === 0) violations.push(...oneReplyEach(history));
  await atRest({ world, time, nodes, players: clients, violations });
  return { seed, violations, story, acked: ackedAnswers(history).length };
}

/** C1: the same message of the host has the same reply, however often it was sent and whoever led then. */
function oneReplyEach({ received }: History): string[] {
  const replies = new Map<string, string>();
  return received.flatMap(({ client, message }) => {
    if (client !== 'host' || (message.type !== 'ack' && message.type !== 'error')) return [];
    const { id } = message.data;
    const reply = message.type === 'ack' ? 'ack' : message.data.code;
    if (id === null || reply === 'retry' || reply === 'rate_limited') return [];
    const before = replies.get(id) ?? reply;
    replies.set(id, before);
    return before === reply ? [] : [`C1: ${id} was answered ${before}, then ${reply}`];
  });
}

/** null where more than the row must be known. */
function expectedPoints(
  { kind, correct, elapsed_ms }: StoredResults['answers'][number],
  { scoring, limit_ms }: { scoring: Scoring; limit_ms: number },
): number | null {
  if (kind === 'multiple') return null;
  // A part of the items in their places is paid and is not correct.
  if (correct !== true) return kind === 'order' ? null : 0;
  return Math.round(timedPoints(scoring, 1_000, { elapsed_ms, limit_ms }));
}

/** I11: after the game nothing of it is left in the store or on any node. */
async function atRest(at: {
  world: ReturnType<typeof createMemoryWorld>;
  time: ReturnType<typeof createVirtualTime>;
  nodes: SimNode[];
  players: RecordedPlayer[];
  violations: string[];
}): Promise<void> {
  for (const player of at.players) player.leave();
  await at.time.run({ limit_ms: 60_000, isDone: () => false });
  if (at.world.parties.size > 0) at.violations.push('I11: the party is still in the store');
  if (at.world.live.size > 0) at.violations.push('I11: the index still lists the party');
  for (const node of at.nodes.filter((candidate) => candidate.isUp())) {
    if (node.leader.leads() > 0) at.violations.push(`I11: ${node.name} still leads`);
    if (node.gateway.sockets() > 0) at.violations.push(`I11: ${node.name} still has sockets`);
    // The announcements of orphans are listened to for life.
    if (node.store.listening > 1)
      at.violations.push(`I11: ${node.name} still listens to ${node.store.listening} channels`);
  }
}

async function openParty(
  node: SimNode | undefined,
  at: { rounds: number; limit_ms: number; isInstant: boolean },
): Promise<{ party_id: string; token: string }> {
  const reply = await node?.transport.request('POST', '/api/party/init', {
    player_id: 'u0',
    category: 'Simulated',
    rounds: at.rounds,
    timeout: at.limit_ms / 1000,
    feedback: at.isInstant ? 'instant' : 'reveal',
    reveal_seconds: 1,
  });
  if (reply?.status !== 201) throw new Error(`no party: ${JSON.stringify(reply)}`);
  return reply.body as { party_id: string; token: string };
}

/** Lets time pass until the promise is settled. */
async function within<T>(time: ReturnType<typeof createVirtualTime>, promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const watched = promise.finally(() => {
    isSettled = true;
  });
  watched.catch(() => undefined);
  if (!(await time.run({ limit_ms: 60_000, isDone: () => isSettled }))) throw new Error('nothing more happens');
  return watched;
}

function poolOf(count: number): PoolQuestion[] {
  return Array.from({ length: count }, (_, index) => ({
    id: String(index + 1),
    question: `What is ${index} plus 1?`,
    answer: `${index + 1}`,
    wrong: [`${index + 2}`, `${index + 3}`, `${index + 4}`],
    category: 'Simulated',
  }));
}

function logInto(violations: string[]): Log {
  return {
    isLevelEnabled: () => false,
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (fields, message) =>
      void violations.push(`logged as an error: ${message} ${JSON.stringify(fields, errorText)}`),
  };
}

function errorText(_key: string, value: unknown): unknown {
  return value instanceof Error ? value.stack : value;
}
