/** Who is speaking, as their token says. A right to one party, never to several. */

export interface Caller {
  party_id: string;
  role: 'host' | 'player' | 'spectator';
  /** null for a spectator, and for a host who does not play. */
  user_id: string | null;
  /** Whether this caller may give host commands: a room's host, or the player who started a quick party. */
  may_command: boolean;
}

/** Under what name the leader knows a commanding caller; replies come back to it. */
export function commandingName(caller: Caller): string {
  return caller.user_id ?? 'host';
}

export function spectator(party_id: string): Caller {
  return { party_id, role: 'spectator', user_id: null, may_command: false };
}
