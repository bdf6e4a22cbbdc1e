/** Many parties of ten at once, each on its own clock: none waits for another. */
import type { Options } from 'k6/options';
import { shareOf } from './lib/crowd.ts';
import { openQuickParty, type Party } from './lib/party.ts';
import { host, play } from './lib/player.ts';
import { numberOf } from './lib/settings.ts';

const parties = numberOf('PARTIES', 50);
const playersEach = 10;
const rounds = 3;
const users = Math.min(16, parties);

export const options: Options = {
  setupTimeout: '300s',
  scenarios: {
    parties: {
      executor: 'per-vu-iterations',
      vus: users,
      iterations: 1,
      maxDuration: '120s',
    },
  },
  thresholds: {
    acks_seen: [`count>=${parties * playersEach * rounds}`],
    answers_acknowledged: ['rate==1'],
    players_finished: ['rate==1'],
    answer_ack: ['p(99)<500'],
    question_delivery: ['p(99)<200'],
  },
};

export function setup(): Party[] {
  return Array.from({ length: parties }, () =>
    openQuickParty({ players: playersEach, rounds, timeout: 5, advance_when_all_answered: false }),
  );
}

export default function manySmallParties(all: Party[]): void {
  all.forEach(({ party_id, host: seat, players }, at) => {
    if (at % users !== __VU - 1) return;
    host({ party_id, seat, starts_after_ms: 2_000 + Math.random() * 3_000, limit_ms: 60_000 });
    for (const { seat: player, index } of shareOf(players, 0, 1))
      play({ party_id, seat: player, index: at + index, thinks: [200, 3_500], limit_ms: 60_000 });
  });
}
