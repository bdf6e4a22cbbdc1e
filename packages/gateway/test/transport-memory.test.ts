import assert from 'node:assert/strict';
import test from 'node:test';
import {
  createMemoryNetwork,
  type MemoryNetwork,
  type MemoryWebSocket,
  type ProbeSocket,
  type TransportProbe,
  transportContract,
} from '@partyline/testkit';
import type { Transport } from '../src/transport/transport.ts';

interface HeadedWebSocket {
  new (url: string, protocols: string[], headers: Record<string, string>): MemoryWebSocket;
}

function probeSocket(socket: MemoryWebSocket, closed: ProbeSocket['closed']): ProbeSocket {
  const arrived: string[] = [];
  const readers: ((text: string) => void)[] = [];
  socket.onmessage = ({ data }) => {
    arrived.push(String(data));
    while (readers.length > 0 && arrived.length > 0) readers.shift()?.(arrived.shift() ?? '');
  };
  return {
    protocol: socket.protocol || null,
    closed,
    send: (message) => socket.send(message),
    next: async () => arrived.shift() ?? (await new Promise<string>((resolve) => readers.push(resolve))),
    close: (code, reason) => socket.close(code, reason),
    vanish: () => socket.vanish(),
    pause: () => socket.pause(),
  };
}

function memoryProbe(network: MemoryNetwork): TransportProbe {
  const Headed = network.WebSocket as unknown as HeadedWebSocket;
  let nextForeign = 60_000;
  return {
    transport: { listen: (at, limits, handlers) => network.node().transport.listen(at, limits, handlers) },
    async request(port, { path = '/', ...request }) {
      const response = await network.fetch(`http://node:${port}${path}`, request);
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
    },
    connect: (port, { path = '/ws', headers = {}, protocols = [] }) =>
      new Promise((resolve) => {
        const socket = new Headed(`ws://node:${port}${path}`, protocols, headers);
        const closed = new Promise<{ code: number; reason: string }>((end) => {
          socket.onclose = (event) => {
            end({ code: event.code, reason: event.reason });
            const { refusal } = socket;
            if (refusal !== null) resolve({ ...refusal, body: String(refusal.body) });
          };
        });
        socket.onopen = () => resolve(probeSocket(socket, closed));
      }),
    async occupy() {
      nextForeign += 1;
      network.occupy(nextForeign);
      return nextForeign;
    },
  };
}

transportContract('memory', memoryProbe(createMemoryNetwork()));

async function echo(transport: Transport, port = 0) {
  const closed: number[] = [];
  const limits = {
    max_message_bytes: 100,
    max_body_bytes: 100,
    max_backpressure_bytes: 100,
    idle_timeout_seconds: 30,
    pings: 'automatic' as const,
    request_deadline_ms: 1_000,
    trusted_proxies: [],
  };
  const listening = await transport.listen({ host: '', port }, limits, {
    http: async () => ({ status: 204, headers: {}, body: '' }),
    upgrade: () => ({ accept: true, context: null, protocol: null }),
    open: () => {},
    message: (socket, text) => void socket.send(text),
    closed: (_, code) => void closed.push(code),
  });
  return { ...listening, closed };
}

/** Takes steps only when told, and late ones in any order. */
function heldSteps() {
  const steps: (() => void)[] = [];
  return {
    deliver: (step: () => void) => void steps.push(step),
    async run(order: (steps: (() => void)[]) => (() => void)[] = (given) => given) {
      while (steps.length > 0) {
        for (const step of order(steps.splice(0))) step();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

test('memory: nothing happens before the test lets it, and a connection keeps its order whatever the schedule', async () => {
  const held = heldSteps();
  const network = createMemoryNetwork({ deliver: held.deliver });
  const { port } = await echo(network.node().transport);
  const socket = new network.WebSocket(`ws://a:${port}/ws`);
  const heard: string[] = [];
  socket.onmessage = ({ data }) => heard.push(String(data));
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(socket.readyState, 0);
  await held.run();
  assert.equal(socket.readyState, 1);
  for (const text of ['1', '2', '3', '4']) socket.send(text);
  assert.deepEqual(heard, []);
  await held.run((steps) => steps.reverse());
  assert.deepEqual(heard, ['1', '2', '3', '4']);
});

test('memory: a node that dies ends its sockets for the peers and hears nothing itself', async () => {
  const network = createMemoryNetwork();
  const node = network.node();
  const { port, closed } = await echo(node.transport);
  const socket = new network.WebSocket(`ws://a:${port}/ws`);
  await new Promise<void>((resolve) => {
    socket.onopen = resolve;
  });
  const ended = new Promise<number>((resolve) => {
    socket.onclose = ({ code }) => resolve(code);
  });
  node.die();
  assert.equal(await ended, 1_006);
  assert.deepEqual(closed, []);
  await assert.rejects(network.fetch(`http://a:${port}/`), { code: 'ECONNREFUSED' });
});

test('memory: a frozen socket is silent on both ends until the idle timeout', async () => {
  const timers: { ms: number; call: () => void }[] = [];
  const after = (ms: number, call: () => void) => {
    timers.push({ ms, call });
    return () => {};
  };
  const network = createMemoryNetwork({ after });
  const { port, closed } = await echo(network.node().transport);
  const socket = new network.WebSocket(`ws://a:${port}/ws`);
  await new Promise<void>((resolve) => {
    socket.onopen = resolve;
  });
  socket.freeze();
  socket.send('lost');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([socket.readyState, closed.length], [1, 0]);
  assert.deepEqual(
    timers.map(({ ms }) => ms),
    [30_000],
  );
  timers[0]?.call();
  assert.deepEqual(closed, [1_006]);
});
