/** Who of a party is connected to this node, and who of them has answered the running round. Users count once, however many sockets they hold. */
import type { LocalPresence } from '@partyline/core';
import type { Session } from './session.ts';

export interface LocalAttendance {
  add(session: Session): void;
  remove(session: Session): void;
  /** A round opened: nobody has answered it. */
  roundOpened(round: number): void;
  answered(user_id: string, round: number): void;
  isConnected(user_id: string): boolean;
  sessionsOf(user_id: string): Iterable<Session>;
  userIds(): string[];
  presence(): LocalPresence;
}

export function createAttendance(): LocalAttendance {
  const sockets = new Map<string, Set<Session>>();
  const answered = new Set<string>();
  let round = 0;
  let hosts = 0;
  let spectators = 0;
  let answeredConnected = 0;

  return {
    add(session) {
      const { user_id, may_command } = session.caller;
      if (may_command) hosts += 1;
      if (user_id === null) {
        if (!may_command) spectators += 1;
        return;
      }
      const open = sockets.get(user_id);
      if (open !== undefined) return void open.add(session);
      sockets.set(user_id, new Set([session]));
      if (answered.has(user_id)) answeredConnected += 1;
    },
    remove(session) {
      const { user_id, may_command } = session.caller;
      if (may_command) hosts -= 1;
      if (user_id === null) {
        if (!may_command) spectators -= 1;
        return;
      }
      const open = sockets.get(user_id);
      open?.delete(session);
      if (open === undefined || open.size > 0) return;
      sockets.delete(user_id);
      if (answered.has(user_id)) answeredConnected -= 1;
    },
    roundOpened(opened) {
      if (opened === round) return;
      round = opened;
      answered.clear();
      answeredConnected = 0;
    },
    answered(user_id, inRound) {
      if (inRound !== round || answered.has(user_id)) return;
      answered.add(user_id);
      if (sockets.has(user_id)) answeredConnected += 1;
    },
    isConnected: (user_id) => sockets.has(user_id),
    sessionsOf: (user_id) => sockets.get(user_id) ?? [],
    userIds: () => [...sockets.keys()],
    presence() {
      const haveAll = sockets.size > 0 && answeredConnected === sockets.size;
      return { players: sockets.size, hosts, spectators, answered_round: haveAll ? round : 0 };
    },
  };
}
