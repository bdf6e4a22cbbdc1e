/**
 * One party as this node sees it: its sockets, its place in the party's history, and everything that is delivered to them.
 * Envelopes are delivered one after the other; where continuity cannot be proved, everybody gets a full state instead.
 */
import type { Clock, Envelope, PartyDesk, Question, Snapshot, Timers } from '@partyline/core';
import { closeCodes } from '@partyline/protocol';
import { createAttendance, type LocalAttendance } from './attendance.ts';
import { advance, setsDeadline } from './audience.ts';
import { createExpectedReplies } from './expected-replies.ts';
import { fanOut } from './fan-out.ts';
import { createLatestSnapshot } from './latest-snapshot.ts';
import { createLetGo } from './let-go.ts';
import type { GatewayMetrics, Log } from './observe.ts';
import { personalFrames } from './personal-frames.ts';
import { createPresenceReport, type PresenceReport } from './presence-report.ts';
import { stateFrames } from './resume.ts';
import { seatlessReasons } from './seatless.ts';
import type { SecondStep } from './second-step.ts';
import { isNewer, type Session } from './session.ts';
import { createWorkQueue } from './work-queue.ts';

export interface LocalPartyPorts {
  desk: PartyDesk;
  clock: Clock;
  timers: Timers;
  log: Log;
  metrics: GatewayMetrics;
  gateway_id: string;
  secondStep: SecondStep;
  /** Whether results of this party are stored. */
  isOver: (party_id: string) => Promise<boolean>;
  /** Whether the store has lost its data so lately that parties may still be put back. */
  mayBeRestored: () => boolean;
}

export interface LocalParty {
  readonly party_id: string;
  readonly attendance: LocalAttendance;
  add(session: Session): void;
  remove(session: Session): void;
  /** A fresh state for one session. */
  resume(session: Session, reason: 'connect' | 'sync'): void;
  /** The party as of the last delivered envelope; null where it is gone. */
  snapshot(): Promise<Snapshot | null>;
  /** The open question with its key, where this party tells at once; null elsewhere. */
  instantQuestion(snapshot: Snapshot): Question | null;
  /** Delivers the reply to a command that this session sent at `received_at` (monotonic ms) when it comes. */
  expectReply(address: string, session: Session, received_at: number): void;
  answered(user_id: string, round: number): void;
  sessions(): Iterable<Session>;
  size(): number;
  /** Ends it: everybody `has_gone`, or they `are_sent` to other nodes, which are waited for as if they were here. */
  leave(why: 'has_gone' | 'are_sent'): Promise<void>;
}

/** Sockets one player may have on one node; a newer one replaces the oldest. */
const socketsPerUser = 8;
/** Screens may show the podium this long after the results are safe; then their sockets are closed. */
const lingerMs = 30_000;

export function createLocalParty(party_id: string, ports: LocalPartyPorts): LocalParty {
  const { desk, clock, timers, log, metrics } = ports;
  const turns = { timers, now: () => clock.monotonic() };
  const sessions = new Set<Session>();
  const attendance = createAttendance();
  const replies = createExpectedReplies();
  let position = { epoch: 0, seq: -1 };
  const { current, standing, forget } = createLatestSnapshot({
    read: () => desk.snapshot(party_id),
    position: () => position,
  });
  let joining: { session: Session; reason: 'connect' | 'sync' | 'gap' | 'doubt' | 'approved' }[] = [];
  let left = false;
  let instant: { text: string; question: Question } | null = null;

  const presence: PresenceReport = createPresenceReport({
    presence: () => attendance.presence(),
    report: (now, urgency) => desk.reportPresence(party_id, ports.gateway_id, now, urgency),
    timers,
  });
  const letGo = createLetGo({ attendance, clock, timers, changed: presence.changed });
  const enqueue = createWorkQueue((error) => {
    log.debug({ party_id, err: error }, 'a delivery failed; its receivers are sent elsewhere');
    closeAll('store_unavailable');
  });

  const watching = desk.watch(party_id, { envelope: receive, came, doubt });
  watching.catch((error: unknown) => {
    log.warn({ party_id, err: error }, 'a party cannot be watched; its sockets are sent elsewhere');
    closeAll('store_unavailable');
  });

  function receive(envelope: Envelope): void {
    if (typeof envelope.audience === 'object') return deliverReply(envelope.audience.reply_to, envelope);
    const receivedAt = clock.monotonic();
    enqueue(() => deliver(envelope, receivedAt));
  }

  function came(by: string, user_ids: string[]): void {
    attendance.came(by === ports.gateway_id ? 'here' : 'elsewhere', user_ids);
    presence.changed();
  }

  /** Forgotten at once: where nobody is here just now, the next to come would be shown what was before. */
  function doubt(): void {
    forget();
    resumeAll('doubt');
  }

  async function deliver(envelope: Envelope, receivedAt: number): Promise<void> {
    if (!isNewer(position, envelope)) return;
    const isNext = envelope.epoch === position.epoch && envelope.seq === position.seq + 1;
    const isFirst = position.seq < 0;
    position = { epoch: envelope.epoch, seq: envelope.seq };
    if (!isNext && !isFirst) return resumeAll('gap');
    if (envelope.type === 'question') attendance.roundOpened(envelope.round + 1);
    const frameOf = await frameFor(envelope);
    const sent = await fanOut(sessions, (session) => (advance(session, envelope) ? frameOf(session) : null), turns);
    metrics.delivered(envelope.type, sent, {
      here_ms: clock.monotonic() - receivedAt,
      // Two estimates of one clock, each a lower bound: what is less than their error is nothing.
      since_told_ms: envelope.told_at === null ? null : Math.max(0, clock.now() - envelope.told_at),
    });
    if (envelope.type === 'player_removed') closeRemoved(envelope.frame);
    // A host may have let somebody in: those who waited here look at their seat again.
    if (envelope.type === 'lobby') resumeWhere('approved', ({ status }) => status === 'waiting');
    // A shared frame tells the deadline of most; who has extra time is told their own.
    if (setsDeadline(envelope)) resumeWhere('sync', ({ extra_time_percent }) => extra_time_percent > 0);
    if (envelope.form === 'last') timers.after(lingerMs, () => closeAll('party_over'));
    presence.changed();
  }

  async function frameFor(envelope: Envelope): Promise<(session: Session) => string> {
    if (envelope.form !== 'personal') return () => envelope.frame;
    const leaderboard = (await current())?.door.settings.leaderboard ?? 'each_round';
    return personalFrames(envelope, { desk, party_id, user_ids: attendance.userIds(), leaderboard });
  }

  /** A reply comes right behind the frames its command caused: once those are sent, the command is visible here. */
  function deliverReply(address: string, envelope: Envelope): void {
    const expected = replies.take(address);
    if (expected.size === 0) return;
    for (const session of expected.keys()) {
      if (session.state === 'gone') continue;
      session.socket.send(envelope.frame);
      session.sent_at = clock.monotonic();
    }
    enqueue(async () => {
      for (const received_at of expected.values()) metrics.hostActionVisible(clock.monotonic() - received_at);
    });
  }

  function isScreenBehind(snapshot: Snapshot): boolean {
    for (const session of sessions) if (session.state === 'live' && isNewer(session, snapshot)) return true;
    return false;
  }

  function instantQuestion({ instant_key }: Snapshot): Question | null {
    if (instant_key === null) return null;
    if (instant?.text !== instant_key) instant = { text: instant_key, question: JSON.parse(instant_key) as Question };
    return instant.question;
  }

  function resume(session: Session, reason: (typeof joining)[number]['reason']): void {
    session.state = session.state === 'gone' ? 'gone' : 'joining';
    joining.push({ session, reason });
    if (joining.length === 1) timers.after(1, () => enqueue(resumeJoining));
  }

  function resumeAll(reason: 'gap' | 'doubt'): void {
    for (const session of sessions) resume(session, reason);
  }

  async function resumeJoining(): Promise<void> {
    const batch = joining.filter(({ session }) => session.state !== 'gone');
    joining = [];
    if (batch.length === 0) return;
    await watching;
    if (batch.some(({ reason }) => reason === 'gap' || reason === 'doubt')) forget();
    const snapshot = await standing();
    if (snapshot === null) return turnAway(batch.map(({ session }) => session));
    if (isNewer(snapshot, position)) return batch.forEach(({ session, reason }) => void resume(session, reason));
    // What lies between is still to come over the channel, for those whose screens are behind it; without any, it is skipped.
    if (isNewer(position, snapshot) && !isScreenBehind(snapshot))
      position = { epoch: snapshot.epoch, seq: snapshot.seq };
    const { spectators } = snapshot.door.settings;
    const reasons = new Map<Session, (typeof batch)[number]['reason']>();
    for (const { session, reason } of batch) {
      if (spectators || session.caller.role !== 'spectator') reasons.set(session, reason);
      else close(session, 'unauthorized');
    }
    const frames = await stateFrames(snapshot, [...reasons.keys()], { ...ports, instant: instantQuestion(snapshot) });
    const seatless = [...reasons.keys()].flatMap((session) =>
      frames.has(session) ? [] : (session.caller.user_id ?? []),
    );
    const seatlessReason = await seatlessReasons(snapshot, seatless, desk);
    attendance.roundOpened(snapshot.round);
    await fanOut(
      reasons.keys(),
      (session) => {
        const frame = frames.get(session);
        if (frame === undefined) {
          close(session, seatlessReason(session.caller.user_id));
          return null;
        }
        session.state = 'live';
        session.epoch = snapshot.epoch;
        session.seq = snapshot.seq;
        Object.assign(session, frame.seat);
        if (session.caller.user_id !== null) attendance.seated(session.caller.user_id, session.status);
        if (frame.has_answered && session.caller.user_id !== null)
          attendance.answered(session.caller.user_id, snapshot.round);
        metrics.resumed(reasons.get(session) ?? 'connect');
        return frame.text;
      },
      turns,
    );
    presence.changed();
    tellWhoCame(batch.filter(({ session, reason }) => reason === 'connect' && session.state === 'live'));
  }

  /** Another gateway may still count them. Where the word is lost, it waits for them until their line there ends. */
  function tellWhoCame(resumed: { session: Session }[]): void {
    const user_ids = [...new Set(resumed.flatMap(({ session }) => session.caller.user_id ?? []))];
    if (user_ids.length === 0) return;
    presence
      .claimed()
      .then(() => desk.tellCame(party_id, ports.gateway_id, user_ids))
      .catch((error: unknown) => log.debug({ party_id, err: error }, 'not told who came'));
  }

  /** The party is not live. Whoever holds a token of it is told whether it is over; to strangers it never was. */
  async function turnAway(turned: Session[]): Promise<void> {
    const hasMembers = turned.some(({ caller }) => caller.role !== 'spectator');
    const isOver = hasMembers && (await ports.isOver(party_id));
    const reason = isOver ? 'party_over' : ports.mayBeRestored() ? 'continuity_lost' : 'party_not_found';
    for (const session of turned) close(session, session.caller.role === 'spectator' ? 'party_not_found' : reason);
  }

  function resumeWhere(reason: (typeof joining)[number]['reason'], isMeant: (session: Session) => boolean): void {
    for (const session of sessions) if (session.state === 'live' && isMeant(session)) resume(session, reason);
  }

  function closeRemoved(frame: string): void {
    const { user_id, banned } = (JSON.parse(frame) as { data: { user_id: string; banned: boolean } }).data;
    attendance.expelled(user_id);
    for (const session of [...attendance.sessionsOf(user_id)]) close(session, banned ? 'banned' : 'removed');
  }

  /** One player may have a few screens, not a crowd of them. */
  function replaceOldest({ caller }: Session): void {
    if (caller.user_id === null) return;
    const [oldest, ...others] = attendance.sessionsOf(caller.user_id);
    if (oldest !== undefined && others.length >= socketsPerUser) close(oldest, 'replaced');
  }

  function close(session: Session, reason: keyof typeof closeCodes): void {
    session.socket.close(closeCodes[reason].code, reason);
  }

  function closeAll(reason: keyof typeof closeCodes): void {
    for (const session of [...sessions]) close(session, reason);
  }

  return {
    party_id,
    attendance,
    add(session) {
      sessions.add(session);
      attendance.add(session);
      replaceOldest(session);
      resume(session, 'connect');
    },
    remove(session) {
      sessions.delete(session);
      attendance.remove(session, clock.monotonic());
      letGo.later();
      presence.changed();
    },
    resume,
    snapshot: standing,
    instantQuestion,
    expectReply: replies.expect,
    answered(user_id, round) {
      attendance.answered(user_id, round);
      presence.changed();
    },
    sessions: () => sessions,
    size: () => sessions.size,
    async leave(why) {
      if (left) return;
      left = true;
      presence.stop();
      letGo.stop();
      const nobody = { players: 0, hosts: 0, spectators: 0, answered_round: 0 };
      if (why === 'has_gone')
        await desk.reportPresence(party_id, ports.gateway_id, nobody, 'now').catch(() => undefined);
      const unwatch = await watching.catch(() => null);
      await unwatch?.();
    },
  };
}
