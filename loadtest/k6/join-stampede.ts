/**
 * 500 pupils behind one address join within a minute and sit down: nobody is refused (T5), with the limits as they are.
 */
import { check } from 'k6';
import http from 'k6/http';
import type { Options } from 'k6/options';
import { refusals } from './lib/metrics.ts';
import { openQuickParty, type Party } from './lib/party.ts';
import { play } from './lib/player.ts';
import { numberOf, urlOf } from './lib/settings.ts';

const players = numberOf('PLAYERS', 500);
const seconds = numberOf('SECONDS', 20);
const rate = Math.ceil(players / seconds);
/** More than a first state may take, so that a slow one is measured and not given up. */
const staysMs = 3_000;
const users = Math.ceil((rate * (staysMs + 1_000)) / 1_000) + 10;

export const options: Options = {
  scenarios: {
    stampede: {
      executor: 'constant-arrival-rate',
      rate,
      timeUnit: '1s',
      duration: `${seconds}s`,
      preAllocatedVUs: users,
      maxVUs: 2 * users,
    },
  },
  thresholds: {
    checks: ['rate==1'],
    states_seen: [`count>=${players}`],
    refusals: ['count==0'],
    'http_req_duration{scenario:stampede}': ['p(99)<1000'],
    first_state: ['p(99)<2000'],
    dropped_iterations: ['count==0'],
  },
};

export function setup(): Party {
  return openQuickParty({ players: 0, rounds: 1, timeout: 60 });
}

export default function joinStampede({ party_id }: Party): void {
  const user_id = `pupil-${__VU}-${__ITER}`;
  const headers = { 'content-type': 'application/json', 'idempotency-key': user_id };
  const body = JSON.stringify({ user_id });
  const joined = http.post(`${urlOf(__ITER)}/api/party/${party_id}/join`, body, { headers });
  if (!check(joined, { 'let in': ({ status }) => status === 200 })) return refusals.add(1);
  const { token } = joined.json() as unknown as { token: string };
  play({ party_id, seat: { user_id, token }, index: __ITER, thinks: [0, 0], limit_ms: staysMs });
}
