/**
 * What deploy/ says, running: three nodes behind haproxy as `make cluster` starts them, a game through it with plain
 * WebSockets while one node is drained and another killed, and every expression of the dashboard and the alerts asked of a
 * real Prometheus that has watched it.
 */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import test, { after, before } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '@partyline/provision';
import { redisOfFile, testDatabase } from '@partyline/testkit';
import { dashboardExpressions, ruleExpressions } from '../../../../deploy/check/expressions.ts';
import { nginxConfig } from '../../../../deploy/check/nginx-config.ts';
import { type BalancedCluster, startBalancedCluster } from '../../../../deploy/cluster/balanced-cluster.ts';
import { findTool } from '../../../../deploy/cluster/tool.ts';
import { readEnvironment } from '../../src/config.ts';
import { createConsole } from '../../src/supervisor/console.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const redisFor = redisOfFile();
const said: string[] = [];
let dataDir: string;

before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'pl-'));
});
after(() => rm(dataDir, { recursive: true, force: true }));

/** Someone at a phone: answers what is asked, resends what is not acked, comes back when the socket closes. */
class Player {
  readonly acked = new Map<number, string>();
  readonly closes: number[] = [];
  readonly frames: string[] = [];
  finished: { leaderboard: { user_id: string; rank: number; score: number }[] } | null = null;
  #socket: WebSocket | null = null;
  #isLeaving = false;
  readonly #party: { url: string; party_id: string; token: string };
  readonly user_id: string;

  constructor(party: { url: string; party_id: string; token: string }, user_id: string) {
    this.#party = party;
    this.user_id = user_id;
    this.#connect();
  }

  #connect(): void {
    const { url, party_id, token } = this.#party;
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/${party_id}`, ['partyline.v1', `token.${token}`]);
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(String(data))));
    let isOpen = false;
    const ended = (code: number): void => {
      this.closes.push(code);
      const isForGood = code >= 4000 && code <= 4099;
      if (!this.#isLeaving && !isForGood && this.finished === null) {
        setTimeout(() => this.#connect(), 50 + Math.random() * 200);
      }
    };
    socket.addEventListener('open', () => {
      isOpen = true;
    });
    // Node's WebSocket tells no close of a connection that never opened.
    socket.addEventListener('error', () => {
      if (!isOpen) ended(1006);
    });
    socket.addEventListener('close', ({ code }) => {
      if (isOpen) ended(code);
    });
  }

  #hear({
    type,
    data,
  }: {
    type: string;
    data: { round: number; phase?: string; choices?: { id: string }[]; id: string };
  }): void {
    this.frames.push(type);
    if (type === 'question' || (type === 'state' && data.phase === 'question')) this.#answer(data.round, data.choices);
    if (type === 'ack') this.acked.set(data.round, data.id);
    if (type === 'finished' || (type === 'state' && data.phase === 'finished')) this.finished = data as never;
  }

  async #answer(round: number, choices: { id: string }[] = []): Promise<void> {
    const choice = choices[this.user_id.length % choices.length]?.id;
    const socket = this.#socket;
    await sleep(150 + Math.random() * 350);
    // The same id as before: sending it again is safe.
    for (let tries = 0; tries < 20 && !this.acked.has(round); tries += 1) {
      if (socket?.readyState !== WebSocket.OPEN) return; // what comes after the reconnect asks again
      socket.send(JSON.stringify({ type: 'answer', id: `r${round}`, data: { round, choice } }));
      await sleep(250);
    }
  }

  leave(): void {
    this.#isLeaving = true;
    this.#socket?.close();
  }
}

async function post(url: string, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

async function until(what: string, isSo: () => boolean | Promise<boolean>, limitMs: number): Promise<void> {
  const giveUpAt = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > giveUpAt) throw new Error(`not within ${limitMs} ms: ${what}\n${said.join('')}`);
    await sleep(25);
  }
}

/** One number of a node's or the balancer's metrics; NaN where it is not there. */
async function metric(url: string, name: string): Promise<number> {
  const text = await fetch(`${url}/metrics`).then(
    (response) => response.text(),
    () => '',
  );
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return Number(line?.split(' ')[1] ?? Number.NaN);
}

const admin = (node: { adminPort: number }): string => `http://127.0.0.1:${node.adminPort}`;
const sockets = (cluster: BalancedCluster): Promise<number[]> =>
  Promise.all(cluster.nodes.map((node) => metric(admin(node), 'partyline_open_sockets')));

async function begin(url: string, names: string[], rounds: number): Promise<{ party_id: string; players: Player[] }> {
  const [first = '', ...others] = names;
  const settings = { category: 'Science', rounds, timeout: 5, reveal_seconds: 1, start: 'manual', scoring: 'accuracy' };
  const begun = await post(`${url}/api/party/init`, { player_id: first, ...settings });
  assert.equal(begun.status, 201, JSON.stringify(begun.body));
  const { party_id = '', token = '' } = begun.body;
  const players = [new Player({ url, party_id, token }, first)];
  for (const user_id of others) {
    const joined = await post(`${url}/api/party/${party_id}/join`, { user_id });
    assert.equal(joined.status, 200, JSON.stringify(joined.body));
    players.push(new Player({ url, party_id, token: joined.body.token ?? '' }, user_id));
  }
  await until('everybody is connected', () => players.every(({ frames }) => frames.includes('state')), 5_000);
  const host = new WebSocket(`${url.replace('http', 'ws')}/ws/${party_id}`, ['partyline.v1', `token.${token}`]);
  await once(host, 'open');
  host.send(JSON.stringify({ type: 'start', id: 'start', data: {} }));
  await until('the first question', () => players.every(({ acked }) => acked.has(1)), 5_000);
  host.close();
  return { party_id, players };
}

test('haproxy carries a game while one node is drained and another is killed; every player sees the same podium', async (t) => {
  const redis = await redisFor(t);
  const plan = {
    REDIS_URL: redis.url,
    REDIS_PREFIX: redis.prefix,
    DATABASE_URL: await testDatabase(t),
    TOKEN_KEYS: 'k'.repeat(40),
    ...{
      NODES: '3',
      PORT: '0',
      ADMIN_PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: relative('', dataDir),
      LOG_LEVEL: 'warn',
    },
    ...{ INITS_PER_MINUTE: '4', JOINS_PER_MINUTE: '600' },
  };
  const cluster = await startBalancedCluster({
    environment: readEnvironment(plan),
    inherited: { ...process.env, ...plan },
    console: createConsole({ write: (text) => said.push(text) }),
    signal: new AbortController().signal,
  });
  t.after(() => cluster.stop());
  const { url, nodes } = cluster;
  const [drained, killed, spared] = nodes;
  assert.ok(drained && killed && spared);

  const names = Array.from({ length: 12 }, (_, index) => `player-${'x'.repeat(index % 4)}${index}`);
  const { party_id, players } = await begin(url, names, 9);
  t.after(() => players.forEach((player) => void player.leave()));

  await t.test('sockets are spread by how many each node has', async () => {
    const counts = await sockets(cluster);
    assert.ok(Math.max(...counts) - Math.min(...counts) <= 2, counts.join(' '));
  });

  await t.test('haproxy takes a word: a node it drains keeps its sockets and gets no new ones', async () => {
    const ask = async (SAY: string): Promise<string> => {
      const env = { ...process.env, DATA_DIR: plan.DATA_DIR, SAY };
      return (await promisify(execFile)('make', ['ask-balancer'], { cwd: root, env })).stdout;
    };
    const before = await sockets(cluster);
    await ask('set server nodes/node-3 state drain');
    assert.match(await ask('show servers state nodes'), / node-3 127\.0\.0\.1 2 8 /);
    const guests = Array.from(
      { length: 6 },
      () => new WebSocket(`${url.replace('http', 'ws')}/ws/${party_id}`, 'partyline.v1'),
    );
    await Promise.all(guests.map((guest) => once(guest, 'open')));
    const after = await sockets(cluster);
    assert.equal(after[2], before[2]);
    for (const guest of guests) guest.close();
    await ask('set server nodes/node-3 state ready');
  });

  await t.test('a drained node keeps its sockets until it sends them elsewhere, and gets no new ones', async () => {
    await until('round 2', () => players.every(({ acked }) => acked.has(2)), 8_000);
    const stopping = drained.stop(15_000);
    await until('haproxy has noticed', () => isState(cluster, 1, 'DOWN'), 3_000);
    await stopping;
    assert.ok(
      players.some(({ closes }) => closes.includes(4100)),
      'its players were told to reconnect',
    );
    await until('all are back on the other two', async () => (await sum(cluster)) === players.length, 5_000);
  });

  await t.test('a killed node costs its players a reconnect; the node that comes back is used again', async () => {
    await until('round 4', () => players.every(({ acked }) => acked.has(4)), 10_000);
    const before = players.reduce((count, { closes }) => count + closes.length, 0);
    process.kill(killed.pid, 'SIGKILL');
    await until('its sockets are gone', () => players.reduce((n, { closes }) => n + closes.length, 0) > before, 3_000);
    await until('haproxy sees it come back', () => isState(cluster, 2, 'UP'), 8_000);
  });

  await t.test('the game ends, and all see the same podium with every acked answer in it', async () => {
    await until('everybody sees the end', () => players.every(({ finished }) => finished !== null), 30_000);
    const [one, ...rest] = players.map(({ finished }) => JSON.stringify(finished?.leaderboard));
    for (const other of rest) assert.equal(other, one);
    assert.equal(JSON.parse(one ?? '[]').length, 10, 'the best ten');
    await until('results are stored', async () => (await results(cluster, party_id)).length > 0, 5_000);
    const stored = new Map((await results(cluster, party_id)).map(({ user_id, answered }) => [user_id, answered]));
    for (const { user_id, acked } of players) {
      assert.ok(
        (stored.get(user_id) ?? 0) >= acked.size,
        `${user_id}: ${acked.size} acked, ${stored.get(user_id)} stored`,
      );
      assert.ok(acked.size >= 8, `${user_id} could answer almost every round: ${acked.size}`);
    }
  });

  await t.test("limits count the player's address: what a client says of itself is not believed", async () => {
    const init = (localAddress: string, forwarded: string) => initFrom(new URL(url), { localAddress, forwarded });
    const statuses = [];
    for (let index = 0; index < 16; index += 1) statuses.push(await init('127.0.0.77', `198.51.100.${index}`));
    assert.ok(statuses.includes(429), statuses.join(' '));
    assert.equal(await init('127.0.0.78', '198.51.100.1'), 201, 'another address has a budget of its own');
  });

  await t.test('nginx carries sockets and calls too', async (nested) => {
    const port = await freePort();
    await startNginx(nested, port, [killed.port, spared.port]);
    const through = `http://127.0.0.1:${port}`;
    const begun = await post(`${through}/api/party/init`, { player_id: 'ann', category: 'Science', rounds: 1 });
    assert.equal(begun.status, 201);
    const { party_id = '', token = '' } = begun.body;
    const player = new Player({ url: through, party_id, token }, 'ann');
    nested.after(() => player.leave());
    await until('a state comes through', () => player.frames.includes('state'), 3_000);
    await until('an answer is acked', () => player.acked.has(1), 3_000);
  });

  await t.test('Prometheus answers every expression of the dashboard and the alerts', async () => {
    assert.ok(cluster.prometheusUrl, said.join(''));
    const prometheus = cluster.prometheusUrl;
    const page = await fetch(cluster.alertsUrl ?? '');
    assert.ok(page.ok && (await page.text()).includes('Prometheus'), `${page.url} is a page`);
    const up = () => query(prometheus, 'count(up{job="partyline"} == 1)').then(([first]) => first?.value[1] === '2');
    await until('both living nodes are scraped', up, 12_000);
    const leveled = () => query(prometheus, 'partyline:slo_errors:ratio1h').then(({ length }) => length > 0);
    await until('service levels are recorded', leveled, 20_000);
    const { expressions, panels } = await dashboardExpressions();
    for (const { expression } of await ruleExpressions()) await query(prometheus, expression);
    // This one waits for a party that was without a leader long enough to be noticed.
    const missing = new Set(panels.filter((panel) => panel !== 'Time without a leader'));
    const allShown = async (): Promise<boolean> => {
      for (const { expression, panel } of expressions) {
        if ((await query(prometheus, expression)).length > 0 && panel !== null) missing.delete(panel);
      }
      return missing.size === 0;
    };
    // A rate needs two samples, and the node that wrote the last results has been scraped once.
    await until('every panel shows something', allShown, 15_000).catch(() => undefined);
    assert.deepEqual([...missing], [], 'panels that show nothing after a game');
    const rules = (await api(prometheus, 'rules')) as { groups: { rules: { name: string; health: string }[] }[] };
    const unwell = rules.groups.flatMap((group) => group.rules).filter(({ health }) => health === 'err');
    assert.deepEqual(unwell, []);
    const alerts = (await api(prometheus, 'alerts')) as { alerts: { labels: { alertname: string } }[] };
    const names = new Set(alerts.alerts.map(({ labels }) => labels.alertname));
    assert.ok(names.has('PartylineNodeDown'), `the drained node is missed: ${[...names].join(' ')}`);
  });
});

async function sum(cluster: BalancedCluster): Promise<number> {
  return (await sockets(cluster)).reduce((total, count) => total + (count || 0), 0);
}

async function isState(cluster: BalancedCluster, node: number, state: 'UP' | 'DOWN'): Promise<boolean> {
  const name = `haproxy_server_status{proxy="nodes",server="node-${node}",state="${state}"}`;
  return (await metric(cluster.balancerUrl, name)) === 1;
}

async function results(cluster: BalancedCluster, party_id: string): Promise<{ user_id: string; answered: number }[]> {
  const response = await fetch(`${cluster.url}/api/party/${party_id}/leaderboard`);
  const { leaderboard = [] } = (await response.json()) as { leaderboard?: { user_id: string; answered: number }[] };
  return leaderboard;
}

function initFrom(url: URL, { localAddress, forwarded }: { localAddress: string; forwarded: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': forwarded };
    const at = { host: '127.0.0.1', port: url.port, path: '/api/party/init', method: 'POST', headers, localAddress };
    const call = request(at, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    call.on('error', reject);
    call.end(JSON.stringify({ player_id: 'ann', category: 'Science', rounds: 1, start: 'manual' }));
  });
}

async function startNginx(
  t: { after(call: () => unknown): void },
  port: number,
  ports: (number | null)[],
): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'pl-nginx-'));
  const config = await nginxConfig({
    NGINX_LISTEN: `127.0.0.1:${port}`,
    NGINX_TMP: dir,
    NGINX_SERVERS: ports.map((each) => `server 127.0.0.1:${each} max_fails=2 fail_timeout=5s;`).join(' '),
  });
  await writeFile(join(dir, 'nginx.conf'), config);
  const child = spawn(
    await findTool('nginx'),
    ['-p', dir, '-c', 'nginx.conf', '-e', 'stderr', '-g', 'daemon off; pid nginx.pid;'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  child.stderr.on('data', (chunk) => said.push(String(chunk)));
  const ended = once(child, 'exit');
  t.after(async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(dir, { recursive: true, force: true });
  });
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/api/categories`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until('nginx answers', answers, 5_000);
}

async function api(prometheus: string, path: string): Promise<unknown> {
  const response = await fetch(`${prometheus}/api/v1/${path}`);
  const answer = (await response.json()) as { status: string; error?: string; data: unknown };
  assert.equal(answer.status, 'success', `${decodeURIComponent(path)}: ${answer.error}`);
  return answer.data;
}

async function query(prometheus: string, expression: string): Promise<{ value: [number, string] }[]> {
  const { result } = (await api(prometheus, `query?query=${encodeURIComponent(expression)}`)) as {
    result: { value: [number, string] }[];
  };
  return result;
}
