/** How long a party that nobody is connected to is kept. */
import type { Party } from './party.ts';

const quickLobbyMs = 10 * 60_000;
const roomLobbyMs = 6 * 3_600_000;

/** Milliseconds without a single player or host after which the party is concluded. A lobby waits longer: a room may be
 * opened hours before the lesson, and a party whose link is still being passed round has not been left by anybody. */
export function abandonAfterMs(party: Party): number {
  const graceMs = party.settings.disconnect_grace_seconds * 1000;
  if (party.phase.name !== 'lobby') return graceMs;
  return Math.max(graceMs, party.kind === 'room' ? roomLobbyMs : quickLobbyMs);
}
