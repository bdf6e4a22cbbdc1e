/**
 * F14: every socket dropped at once. 95 % are back within 5 s, all within 15 s, and go on where they were: an answer that had no
 * ack yet is sent again.
 */
import type { Options } from 'k6/options';
import { crowdScenario, playCrowd, startsAfterMs } from './lib/crowd.ts';
import { openQuickParty, type Party } from './lib/party.ts';
import { numberOf } from './lib/settings.ts';

const players = numberOf('PLAYERS', 1_000);
const rounds = 3;
const dropsAfterMs = startsAfterMs(players) + 2_000;

export const options: Options = {
  setupTimeout: '120s',
  scenarios: crowdScenario(players, 180),
  thresholds: {
    sockets_back: [`count>=${players}`],
    reconnect_recovery: ['p(95)<5000', 'max<15000'],
    // Who is back only after the deadline has missed one of the three.
    acks_seen: [`count>=${Math.floor(0.95 * players * rounds)}`],
    players_finished: ['rate==1'],
    refusals: ['count==0'],
  },
};

export function setup(): Party {
  return openQuickParty({ players, rounds, timeout: 6, reveal_seconds: 1, advance_when_all_answered: false });
}

export default function reconnectStorm(party: Party): void {
  playCrowd(party, {
    ...{ thinks: [300, 2_000], starts_after_ms: startsAfterMs(players), limit_ms: startsAfterMs(players) + 70_000 },
    more: { drops_after_ms: dropsAfterMs },
  });
}
