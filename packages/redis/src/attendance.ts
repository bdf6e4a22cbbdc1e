/** Who is connected to a party, summed over the gateways that are alive. Pure. */
import type { Attendance, LocalPresence } from '@partyline/core';
import type { Roll } from './gateway-roll.ts';

export interface PresenceReport {
  gateway_id: string;
  /** Epoch ms on the server's clock. */
  reported_at: number;
  presence: LocalPresence;
}

/** A gateway that is not on the roll yet is believed for so long: its first report may overtake its first beat. */
const believedMs = 5_000;

export function attendance(reports: PresenceReport[], { roll, now }: { roll: Roll; now: number }): Attendance {
  const counted = reports.filter((report) => isCounted(report, { roll, now })).map(({ presence }) => presence);
  const sum = (of: 'players' | 'hosts' | 'spectators') => counted.reduce((total, presence) => total + presence[of], 0);
  const rounds = new Set(counted.filter(({ players }) => players > 0).map(({ answered_round }) => answered_round));
  const [round = 0] = rounds;
  return {
    players: sum('players'),
    hosts: sum('hosts'),
    spectators: sum('spectators'),
    all_answered_round: rounds.size === 1 ? round : 0,
  };
}

/** On the roll: until it lapses. Never on it: for a while after its report. */
function isCounted({ gateway_id, reported_at }: PresenceReport, { roll, now }: { roll: Roll; now: number }): boolean {
  const lapses_at = roll.get(gateway_id);
  return lapses_at === undefined ? now - reported_at < believedMs : now < lapses_at;
}

/** As the script stores it: when, then what. */
export function presenceReport(gateway_id: string, stored: string): PresenceReport {
  const space = stored.indexOf(' ');
  return {
    gateway_id,
    reported_at: Number(stored.slice(0, space)),
    presence: JSON.parse(stored.slice(space + 1)) as LocalPresence,
  };
}
