/**
 * Who of a party is here, and who of them has answered the running round. Users count once, however many sockets they hold.
 * Who has just gone is waited for a little longer, unless they have come to another gateway: phones lose their line for a
 * moment, nodes are replaced, and no round may close in front of somebody who will be back.
 */
import type { LocalPresence } from '@partyline/core';
import type { Session } from './session.ts';

/** Clients are back after a second as a rule, nearly all of them after three. */
export const absenceMs = 3_000;

export interface LocalAttendance {
  add(session: Session): void;
  /** `now`: monotonic ms. */
  remove(session: Session, now: number): void;
  /** A round opened: nobody has answered it. */
  roundOpened(round: number): void;
  answered(user_id: string, round: number): void;
  /** Who waits to be let in only looks on: no round waits for their answer. */
  seated(user_id: string, status: Session['status']): void;
  /**
   * They have come to this gateway, or to another one, which counts them from now on: a line of theirs that is left here may
   * be dead. Told on the party's channel, so that all gateways hear it in one order and the last one has them.
   */
  came(where: 'here' | 'elsewhere', user_ids: Iterable<string>): void;
  /** Out of the party for good. */
  expelled(user_id: string): void;
  /** Stops waiting for those who have been gone too long. Returns when the next one will have been; null: nobody is. */
  letGo(now: number): number | null;
  sessionsOf(user_id: string): Iterable<Session>;
  userIds(): string[];
  presence(): LocalPresence;
}

export function createAttendance(): LocalAttendance {
  const sockets = new Map<string, Set<Session>>();
  /** Of those connected. */
  const waiting = new Set<string>();
  /** When they went, in that order. */
  const absent = new Map<string, number>();
  /** Those for whom rounds wait: connected here, and nowhere since, or not gone for long. */
  const counted = new Set<string>();
  const answered = new Set<string>();
  let answeredCounted = 0;
  let round = 0;
  let hosts = 0;
  let spectators = 0;

  function count(user_id: string): void {
    if (counted.has(user_id)) return;
    counted.add(user_id);
    if (answered.has(user_id)) answeredCounted += 1;
  }

  function discount(user_id: string): void {
    absent.delete(user_id);
    if (counted.delete(user_id) && answered.has(user_id)) answeredCounted -= 1;
  }

  return {
    add(session) {
      const { user_id, may_command } = session.caller;
      if (may_command) hosts += 1;
      if (user_id === null) {
        if (!may_command) spectators += 1;
        return;
      }
      absent.delete(user_id);
      if (!waiting.has(user_id)) count(user_id);
      const open = sockets.get(user_id);
      if (open === undefined) sockets.set(user_id, new Set([session]));
      else open.add(session);
    },
    remove(session, now) {
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
      if (counted.has(user_id)) absent.set(user_id, now);
    },
    roundOpened(opened) {
      if (opened === round) return;
      round = opened;
      answered.clear();
      answeredCounted = 0;
    },
    answered(user_id, inRound) {
      if (inRound !== round || answered.has(user_id)) return;
      answered.add(user_id);
      if (counted.has(user_id)) answeredCounted += 1;
    },
    seated(user_id, status) {
      if (!sockets.has(user_id)) return;
      if (status === 'waiting') {
        waiting.add(user_id);
        discount(user_id);
      } else if (waiting.delete(user_id)) count(user_id);
    },
    came(where, user_ids) {
      for (const user_id of user_ids) {
        if (where === 'elsewhere') discount(user_id);
        else if (sockets.has(user_id) && !waiting.has(user_id)) count(user_id);
      }
    },
    expelled: discount,
    letGo(now) {
      for (const [user_id, wentAt] of absent) {
        if (wentAt + absenceMs > now) return wentAt + absenceMs;
        discount(user_id);
      }
      return null;
    },
    sessionsOf: (user_id) => sockets.get(user_id) ?? [],
    userIds: () => [...sockets.keys()],
    presence() {
      const haveAll = counted.size > 0 && answeredCounted === counted.size;
      return {
        players: counted.size,
        hosts,
        spectators: spectators + waiting.size,
        answered_round: haveAll ? round : 0,
      };
    },
  };
}
