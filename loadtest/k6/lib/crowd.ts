/** The shape most scripts share: one host, and players dealt out over virtual users, many sockets each. */
import type { Options } from 'k6/options';
import type { Party, Seat } from './party.ts';
import { host, type PlayerOptions, play } from './player.ts';
import { numberOf } from './settings.ts';

/** A virtual user takes about 3 MB and one thread of JavaScript: many sockets each, but not all in one. */
const socketsPerUser = 250;

export function usersFor(players: number): number {
  return Math.max(1, Math.min(numberOf('USERS', 16), Math.ceil(players / socketsPerUser)));
}

/** One user more than players need: the host's. */
export function crowdScenario(players: number, seconds: number): NonNullable<Options['scenarios']> {
  return {
    crowd: {
      executor: 'per-vu-iterations',
      vus: usersFor(players) + 1,
      iterations: 1,
      maxDuration: `${seconds}s`,
      gracefulStop: '5s',
    },
  };
}

/** k6 connects a few hundred sockets a second on two cores; nobody can tell it when all are there. */
export function startsAfterMs(players: number): number {
  return 2_000 + players * 9;
}

export interface CrowdPlan {
  thinks: PlayerOptions['thinks'];
  starts_after_ms: number;
  limit_ms: number;
  next_every_ms?: number;
  more?: Partial<PlayerOptions>;
}

/** What the calling virtual user does: the last one hosts, the others play their share. */
export function playCrowd({ party_id, host: seat, players }: Party, plan: CrowdPlan): void {
  const users = usersFor(players.length);
  const user = __VU - 1;
  if (user >= users) {
    const { starts_after_ms, limit_ms, next_every_ms } = plan;
    host({ party_id, seat, starts_after_ms, limit_ms, ...(next_every_ms === undefined ? {} : { next_every_ms }) });
    return;
  }
  shareOf(players, user, users).forEach(({ seat: player, index }) => {
    play({ party_id, seat: player, index, thinks: plan.thinks, limit_ms: plan.limit_ms, ...plan.more });
  });
}

export function shareOf(players: Seat[], user: number, users: number): { seat: Seat; index: number }[] {
  return players.map((seat, index) => ({ seat, index })).filter(({ index }) => index % users === user);
}
