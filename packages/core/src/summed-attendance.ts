/** Who is connected to a party, summed over what the live gateways see of it. */
import type { LocalPresence } from './ports/party-desk.ts';
import type { Gathered } from './ports/party-store.ts';

/** `lapses_at`: until when a gateway that falls silent is believed, epoch ms. */
export function summedAttendance(
  seen: readonly (LocalPresence & { lapses_at: number })[],
): Pick<Gathered, 'attendance' | 'waits_until'> {
  const sum = (of: 'players' | 'hosts' | 'spectators') => seen.reduce((total, presence) => total + presence[of], 0);
  const playing = seen.filter(({ players }) => players > 0);
  const furthest = Math.max(0, ...playing.map(({ answered_round }) => answered_round));
  const behind = playing.filter(({ answered_round }) => answered_round < furthest);
  return {
    attendance: {
      players: sum('players'),
      hosts: sum('hosts'),
      spectators: sum('spectators'),
      all_answered_round: behind.length === 0 ? furthest : 0,
    },
    waits_until: behind.length === 0 ? null : Math.min(...behind.map(({ lapses_at }) => lapses_at)),
  };
}
