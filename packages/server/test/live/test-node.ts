/** A node in this process, on ports of its own, and what a test asks its admin port. */
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { testDatabase } from '@partyline/testkit';
import { readNodeEnvironment } from '../../src/config.ts';
import { type RunningNode, startNode } from '../../src/node.ts';

export interface TestNode {
  node: RunningNode;
  url: string;
  admin: string;
}

/** `environment` needs REDIS_URL. */
export async function testNode(t: TestContext, environment: Record<string, string>): Promise<TestNode> {
  const node = await startNode(
    readNodeEnvironment({
      DATABASE_URL: environment.DATABASE_URL ?? (await testDatabase(t)),
      TOKEN_KEYS: 'k'.repeat(32),
      ...{ PORT: '0', ADMIN_PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent' },
      ...environment,
    }),
  );
  t.after(() => node.stop());
  return { node, url: `http://127.0.0.1:${node.port}`, admin: `http://127.0.0.1:${node.adminPort}` };
}

export interface ReadyAnswer {
  status: number;
  body: { ready: boolean; reasons: string[]; warnings: string[] };
}

export async function readyz(admin: string): Promise<ReadyAnswer> {
  const response = await fetch(`${admin}/readyz`);
  return { status: response.status, body: (await response.json()) as ReadyAnswer['body'] };
}

/** The first answer that is as wanted, and how long that took; throws with the last one after `limitMs`. */
export async function whenReadyz(
  admin: string,
  isWanted: (answer: ReadyAnswer) => boolean,
  limitMs: number,
): Promise<{ answer: ReadyAnswer; ms: number }> {
  const startedAt = performance.now();
  for (;;) {
    const answer = await readyz(admin);
    const ms = performance.now() - startedAt;
    if (isWanted(answer)) return { answer, ms };
    if (ms > limitMs) throw new Error(`after ${Math.round(ms)} ms: ${JSON.stringify(answer)}`);
    await sleep(25);
  }
}
