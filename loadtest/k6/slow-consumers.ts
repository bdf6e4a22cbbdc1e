/**
 * F13: a tenth of the sockets stop reading. The others must not notice: their delivery and acks keep their thresholds.
 *
 * A virtual user that sleeps runs no JavaScript, so nothing reads its sockets: that is how a socket stalls here. It asks
 * for states beforehand, as fast as it may, so that there is something to pile up. When the server closes such a socket
 * is a matter of bytes that a short run does not reach; the gateway's own tests hold that.
 */
import { sleep } from 'k6';
import type { Options } from 'k6/options';
import { WebSocket } from 'k6/websockets';
import { shareOf } from './lib/crowd.ts';
import { stalled } from './lib/metrics.ts';
import { openQuickParty, type Party } from './lib/party.ts';
import { host, play } from './lib/player.ts';
import { numberOf, urlOf } from './lib/settings.ts';

const players = numberOf('PLAYERS', 500);
const users = 4;
const stallSeconds = 25;
const rounds = 3;
const stalling = Math.ceil(players / 10);

export const options: Options = {
  setupTimeout: '120s',
  scenarios: {
    slow: { executor: 'per-vu-iterations', vus: 1, iterations: 1, maxDuration: '90s', exec: 'slow' },
    quick: { executor: 'per-vu-iterations', vus: users, iterations: 1, maxDuration: '90s', exec: 'quick' },
  },
  thresholds: {
    sockets_stalled: [`count>=${stalling}`],
    acks_seen: [`count>=${(players - stalling) * rounds}`],
    answers_acknowledged: ['rate==1'],
    players_finished: ['rate==1'],
    answer_ack: ['p(99)<500'],
    question_delivery: ['p(99)<200'],
  },
};

export function setup(): Party {
  return openQuickParty({ players, rounds, timeout: 5, advance_when_all_answered: false });
}

const isSlow = (index: number): boolean => index % 10 === 0;

export function slow({ party_id, players: seats }: Party): void {
  const sockets = seats.flatMap(({ token }, index) => {
    if (!isSlow(index)) return [];
    const url = `${urlOf(index).replace(/^http/, 'ws')}/ws/${party_id}`;
    const socket = new WebSocket(url, null, { headers: { authorization: `Bearer ${token}` } });
    socket.onmessage = () => undefined;
    socket.onopen = () => {
      for (let n = 0; n < 20; n += 1) socket.send(JSON.stringify({ type: 'sync', id: `s${n}` }));
    };
    return [socket];
  });
  setTimeout(() => {
    stalled.add(sockets.filter(({ readyState }) => readyState === 1).length);
    sleep(stallSeconds);
    for (const socket of sockets) if (socket.readyState === 1) socket.close();
  }, 2_000);
}

export function quick(party: Party): void {
  const { party_id } = party;
  const user = (__VU - 1) % users;
  if (user === 0) host({ party_id, seat: party.host, starts_after_ms: 3_000, limit_ms: 60_000 });
  const reading = party.players.filter((_, index) => !isSlow(index));
  for (const { seat, index } of shareOf(reading, user, users))
    play({ party_id, seat, index, thinks: [200, 3_500], limit_ms: 60_000 });
}
