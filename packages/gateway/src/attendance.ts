/** Who of a party is connected to this node, and who of them has answered the running round. Users count once, however many sockets they hold. */
import type { LocalPresence } from '@partyline/core';
import type { Session } from './session.ts';

export interface LocalAttendance {
  add(session: Session): void;
  remove(session: Session): void;
  /** A round opened: nobody has answered it. */
  roundOpened(round: number): void;
  answered(user_id: string, round: number): void;
  /** Who waits to be let in only looks on: no round waits for their answer. */
  seated(user_id: string, status: Session['status']): void;
  isConnected(user_id: string): boolean;
  sessionsOf(user_id: string): Iterable<Session>;
  userIds(): string[];
  presence(): LocalPresence;
}

export function createAttendance(): LocalAttendance {
  const sockets = new Map<string, Set<Session>>();
  /** Of those connected. */
  const waiting = new Set<string>();
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
      waiting.delete(user_id);
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
    seated(user_id, status) {
      if (status === 'waiting' && sockets.has(user_id)) waiting.add(user_id);
      else waiting.delete(user_id);
    },
    isConnected: (user_id) => sockets.has(user_id),
    sessionsOf: (user_id) => sockets.get(user_id) ?? [],
    userIds: () => [...sockets.keys()],
    presence() {
      const players = sockets.size - waiting.size;
      const haveAll = players > 0 && answeredConnected === players;
      return { players, hosts, spectators: spectators + waiting.size, answered_round: haveAll ? round : 0 };
    },
  };
}
