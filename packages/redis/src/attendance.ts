/** Who is connected to a party, summed over the gateways that are alive. Pure. */
import { type Gathered, type LocalPresence, summedAttendance } from '@partyline/core';
import type { Roll } from './gateway-roll.ts';

export interface PresenceReport {
  gateway_id: string;
  /** Epoch ms on the server's clock. */
  reported_at: number;
  presence: LocalPresence;
}

/** A gateway that is not on the roll yet is believed for so long: its first report may overtake its first beat. */
const believedMs = 5_000;

export function attendance(
  reports: PresenceReport[],
  { roll: { lapses }, now }: { roll: Pick<Roll, 'lapses'>; now: number },
): Pick<Gathered, 'attendance' | 'waits_until'> {
  const counted = reports.flatMap(({ gateway_id, reported_at, presence }) => {
    // On the roll: until it lapses. Never on it: for a while after its report.
    const lapses_at = lapses.get(gateway_id) ?? reported_at + believedMs;
    return now < lapses_at ? [{ ...presence, lapses_at }] : [];
  });
  return summedAttendance(counted);
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
