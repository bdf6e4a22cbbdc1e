/** Of those who have a seat at this moment, how many are in and how many wait to be let in. */
import type { Door } from './ports/party-store.ts';

export interface HeadCount {
  players_total: number;
  waiting_total: number;
}

/**
 * Exact between two commits too: where joins are approved everybody waits at first and only a commit lets somebody in;
 * elsewhere nobody waits.
 */
export function headCount(seated: number, { settings, let_in }: Pick<Door, 'settings' | 'let_in'>): HeadCount {
  return settings.approve_joins
    ? { players_total: let_in, waiting_total: seated - let_in }
    : { players_total: seated, waiting_total: 0 };
}
