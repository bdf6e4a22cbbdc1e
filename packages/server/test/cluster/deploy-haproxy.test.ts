/** haproxy.cfg in front of something that tells what reached it: whose address a node is told, by every way in there is. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as secureConnect } from 'node:tls';
import { freePort } from '@partyline/provision';
import { privateCertificates } from '@partyline/testkit';
import { deployFile } from '../../../../deploy/check/check.ts';
import { startBalancer } from '../../../../deploy/cluster/balancer.ts';
import { findTool } from '../../../../deploy/cluster/tool.ts';

interface Way {
  isTls: boolean;
  /** Said to come by another balancer's word, in a header of the PROXY protocol. */
  proxied: string | null;
}

interface Entrance {
  /** What the node was told; null where haproxy hung up instead. */
  ask(way: Way): Promise<IncomingHttpHeaders | null>;
}

/** Answers /readyz, and everything else with the headers it got. */
async function startEcho(t: TestContext): Promise<number> {
  const server = createServer(({ headers }, response) => response.end(JSON.stringify(headers)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function openEntrance(t: TestContext, options: Record<string, string>): Promise<Entrance> {
  const dir = await mkdtemp(join(tmpdir(), 'pl-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  const { authority, certificate, key } = await privateCertificates(t);
  const both = join(dir, 'both.pem');
  await writeFile(both, (await readFile(certificate, 'utf8')) + (await readFile(key, 'utf8')));
  const echo = await startEcho(t);
  const [port, tlsPort, adminPort] = [await freePort(), await freePort(), await freePort()];
  const env = {
    HAPROXY_CERTIFICATE: both,
    HAPROXY_TLS_BIND: `127.0.0.1:${tlsPort}`,
    HAPROXY_SLOWSTART: '1s',
    ...options,
  };
  const nodes = [{ port: echo, adminPort: echo }];
  const haproxy = await findTool('haproxy');
  const balancer = await startBalancer({
    ...{ haproxy, host: '127.0.0.1', port, adminPort, nodes, dir, env },
    onLog: () => {},
  });
  t.after(() => balancer.stop());
  const ca = await readFile(authority);

  async function ask({ isTls, proxied }: Way): Promise<IncomingHttpHeaders | null> {
    const line = connect(isTls ? tlsPort : port, '127.0.0.1');
    // Before TLS begins, as balancers do.
    if (proxied !== null) line.write(`PROXY TCP4 ${proxied} 127.0.0.1 50000 443\r\n`);
    const stream = isTls ? secureConnect({ socket: line, ca, servername: 'localhost' }) : line;
    stream.write('GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 198.51.100.7\r\nConnection: close\r\n\r\n');
    let heard = '';
    stream.setEncoding('utf8').on('data', (chunk) => {
      heard += chunk;
    });
    line.on('error', () => {});
    stream.on('error', () => {});
    await new Promise((resolve) => line.on('close', resolve));
    const [head = '', body = ''] = heard.split('\r\n\r\n');
    return head.startsWith('HTTP/1.1 200 ') ? JSON.parse(body) : null;
  }
  return { ask };
}

for (const isTls of [false, true]) {
  const where = isTls ? 'with TLS' : 'without TLS';

  test(`${where} a node is told the address that connected, whatever the client says`, async (t) => {
    const { ask } = await openEntrance(t, {});
    const told = await untilAnswered(() => ask({ isTls, proxied: null }));
    assert.equal(told['x-forwarded-for'], '127.0.0.1');
    assert.equal(told['x-forwarded-proto'], isTls ? 'https' : 'http');
  });

  test(`${where} behind another balancer a node is told the address that one names, and nobody comes past it`, async (t) => {
    const { ask } = await openEntrance(t, { HAPROXY_ACCEPT_PROXY: '1' });
    const told = await untilAnswered(() => ask({ isTls, proxied: '203.0.113.9' }));
    assert.equal(told['x-forwarded-for'], '203.0.113.9');
    assert.equal(told['x-forwarded-proto'], isTls ? 'https' : 'http');
    assert.equal(await ask({ isTls, proxied: null }), null);
  });
}

/** The first checks have to find the node. */
async function untilAnswered(ask: () => Promise<IncomingHttpHeaders | null>): Promise<IncomingHttpHeaders> {
  const giveUpAt = performance.now() + 5_000;
  for (;;) {
    const told = await ask();
    if (told !== null) return told;
    assert.ok(performance.now() < giveUpAt, 'no answer came through haproxy');
    await sleep(100);
  }
}

test('every setting that haproxy.cfg reads is explained at its top', async () => {
  const config = await readFile(deployFile('haproxy/haproxy.cfg'), 'utf8');
  const [top = '', ...rest] = config.split('\nglobal\n');
  const settings = new Set(rest.join('').match(/HAPROXY_\w+/g));
  assert.ok(settings.size >= 8);
  for (const setting of settings) assert.ok(top.includes(setting), setting);
});
