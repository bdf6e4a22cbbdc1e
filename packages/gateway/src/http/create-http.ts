/** Everything that is served over HTTP, put together: the calls, what they may cost an address, and the router in front. */
import type { Snapshot } from '@partyline/core';
import type { GatewayPorts } from '../gateway-ports.ts';
import { createGuessBudget, type GuessBudget } from '../guess-budget.ts';
import type { SecondStep } from '../second-step.ts';
import { createKeyedBuckets } from '../token-bucket.ts';
import type { Tokens } from '../tokens.ts';
import type { HttpRequest, HttpResponse } from '../transport/transport.ts';
import { createHosts } from './host.ts';
import { hostRoomCalls } from './host-room-calls.ts';
import { openCalls } from './open-calls.ts';
import { quickPartyCalls } from './quick-party-calls.ts';
import { quizCalls } from './quiz-calls.ts';
import { quizFileCalls } from './quiz-file-calls.ts';
import { resultCalls } from './result-calls.ts';
import { roomCalls } from './room-calls.ts';
import { createRouter } from './router.ts';

const addressesKept = 50_000;

export interface HttpParts {
  tokens: Tokens;
  /** The party as it is: at least as new as the moment of asking. */
  read: (party_id: string) => Promise<Snapshot | null>;
  /** The party as this node's sockets have last heard of it, for joins: what may change is decided again in the store. */
  look: (party_id: string) => Promise<Snapshot | null>;
  secondStep: SecondStep;
}

export function createHttp(
  ports: GatewayPorts,
  { tokens, read, look, secondStep }: HttpParts,
): (request: HttpRequest) => Promise<HttpResponse> {
  const { config, clock, log, metrics } = ports;
  const { limits, disconnect_grace_seconds, cors_origins } = config;
  const monotonic = (): number => clock.monotonic();

  /** So many a minute for each address. */
  function perMinute(count: number, what: 'join' | 'init'): (address: string) => boolean {
    const buckets = createKeyedBuckets({ burst: count, per_second: count / 60, keys: addressesKept });
    return (address) => {
      const isAllowed = buckets.take(address, monotonic());
      if (!isAllowed) metrics.rateLimited(what);
      return isAllowed;
    };
  }

  function misses(what: 'lookup' | 'join'): GuessBudget {
    const spent = (): void => metrics.rateLimited(what);
    return createGuessBudget({ per_minute: limits.failed_lookups_per_minute, now: monotonic, spent });
  }

  const calls = {
    ...ports,
    ...{ tokens, read, look, disconnect_grace_seconds },
    hosts: createHosts({ hostKeys: ports.hostKeys, now: monotonic }),
    now: () => clock.now(),
    isSecondStep: (party_id: string, typed: string | undefined) => secondStep.isRight(party_id, typed, clock.now()),
    guesses: misses('lookup'),
    entries: misses('join'),
    mayJoin: perMinute(limits.joins_per_minute, 'join'),
    mayInit: perMinute(limits.inits_per_minute, 'init'),
  };
  return createRouter({
    handlers: {
      ...openCalls(calls),
      ...quickPartyCalls(calls),
      ...roomCalls(calls),
      ...hostRoomCalls(calls),
      ...quizCalls(calls),
      ...quizFileCalls(calls),
      ...resultCalls(calls),
    },
    ...{ cors_origins, log, metrics, now: monotonic, assets: ports.assets },
  });
}
