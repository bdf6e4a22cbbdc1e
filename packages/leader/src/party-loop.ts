/**
 * One party's loop on the node that leads it: gather what the crowd did, decide, commit, and look again when due. One step
 * at a time. Any doubt about the store (an error, a refused commit) ends in reading the party afresh or in letting it go:
 * the loop never repairs, since whoever claims next starts from what was committed.
 */
import {
  type Archive,
  abandonAfterMs,
  broadcastIntervalMs,
  type Clock,
  type Command,
  dueAt,
  type Election,
  type Gathered,
  type Lease,
  type PartyStore,
  type StoreHealth,
} from '@partyline/core';
import { archiveRounds } from './archive-rounds.ts';
import { claimParty } from './claim-party.ts';
import { closeRound } from './close-round.ts';
import { crowdCommands, lookAt } from './crowd.ts';
import { type LedParty, noLive } from './led-party.ts';
import { noteTurn } from './note-turn.ts';
import type { LeaderMetrics, Log } from './observe.ts';
import { heeded, outagesOf } from './returning.ts';
import { takeTurn } from './take-turn.ts';

/** A look without cause, in case a wake-up was lost. Near-prime, so that parties do not fall into step. */
const idleLookMs = 4_967;
/** From the podium to the removal of the party from the live store, at least. */
const farewellMs = 5_000;
/** Between two tries to archive while Postgres is away. */
const archiveRetryMs = 1_009;

export interface LoopPorts {
  store: PartyStore;
  archive: Archive;
  election: Election;
  clock: Clock;
  health: StoreHealth;
  log: Log;
  metrics: LeaderMetrics;
  /** How many parties this node leads. */
  leads: () => number;
  /** Calls `look` at the monotonic instant given; a later call replaces it. */
  schedule: (party_id: string, at: number) => void;
}

/** Why a loop ended: `over`: the party is saved and gone; `lost`: somebody else leads, or nobody can tell. */
export type LoopEnd = 'over' | 'lost' | 'released';

export interface PartyLoop {
  readonly party_id: string;
  readonly lease: Lease;
  /** Something has happened; looks now, or with the next coalesced broadcast. */
  wake(urgency: 'now' | 'soon'): void;
  look(): void;
  /** Finishes the running step and leads no more. */
  stop(): Promise<void>;
}

export function createPartyLoop(at: {
  party_id: string;
  lease: Lease;
  ports: LoopPorts;
  ended: (end: LoopEnd) => void;
}): PartyLoop {
  const { party_id, lease, ports } = at;
  const { store, clock, log, metrics } = ports;
  let led: LedParty | null = null;
  let stopped = false;
  let running: Promise<void> | null = null;
  let again = false;
  let lastLook = Number.NEGATIVE_INFINITY;
  let emptySince: number | null = clock.monotonic();
  let archiving: Promise<void> | null = null;
  let archiveAfter = 0;
  /** Epoch ms: then what is gathered means something else, though nobody says a word. */
  let lookAgainAt: number | null = null;
  const observed: Command[] = [];
  let unwatch: (() => Promise<void>) | null = null;

  function holdsLease(): boolean {
    return !stopped && clock.monotonic() < lease.deadline;
  }

  async function step(): Promise<unknown> {
    if (!holdsLease()) return deposed();
    led ??= await claim();
    if (led === null) return end('over');
    const before = led;
    const gathered = await store.gather(party_id, lookAt(before));
    lastLook = clock.monotonic();
    if (gathered === null) return end('lost');
    // A crowd that joins at once is taken in turn after turn: a host's word stands behind it.
    if (gathered.inbox_left > 0) again = true;
    const commands = commandsOf(before, gathered);
    const { inbox, inbox_left } = gathered;
    const taken = takeTurn(before, commands, { now: clock.now(), taken: inbox.length, inbox_left });
    if (taken.turn !== null && !(await commit(before, taken))) return;
    if (before.party.phase.name === 'closing' && !(await score(before))) return;
    keepArchive(before);
    if (removableAt(before.party) <= clock.now()) await remove(before);
  }

  async function claim(): Promise<LedParty | null> {
    const claimed = await claimParty(party_id, store);
    if (claimed === null) return null;
    const { fence, epoch, seq, party } = claimed;
    unwatch ??= await store.onWake(party_id, wake);
    metrics.claimed(epoch);
    if (fence.number > 1) metrics.gap(overdueBy(party));
    log.info({ party_id, fence: fence.number, epoch, seq }, 'leading');
    return claimed;
  }

  /** How long the party has waited for somebody to move it on, ms. */
  function overdueBy(party: LedParty['party']): number {
    const due = dueAt(party);
    return due === null ? 0 : Math.max(0, clock.now() - due);
  }

  /** Commits a turn and makes it the state. `false`: the loop has ended. */
  async function commit(state: LedParty, taken: ReturnType<typeof takeTurn>): Promise<boolean> {
    if (taken.turn === null) return true;
    if (!holdsLease()) return deposed();
    const committed = await store.commit(taken.turn);
    if (committed.result !== 'committed') {
      metrics.refused(committed.result);
      return end('lost');
    }
    state.party = taken.party;
    state.players = taken.players;
    state.seq = committed.seq;
    noteTurn(log, state, taken.events);
    if (taken.turn.players.ban.length > 0) state.bans = 'untold';
    if (state.live.round !== taken.party.current_round) state.live = noLive(taken.party.current_round);
    const joined = taken.events.flatMap((event) => (event.type === 'lobby_changed' ? event.joined : []));
    if (joined.length > 0)
      ports.archive
        .enroll(party_id, joined)
        .catch((error: unknown) => log.debug({ party_id, err: error }, 'enrolling waits for the end'));
    return true;
  }

  async function score(state: LedParty): Promise<boolean> {
    if (state.party.phase.name !== 'closing') return true;
    const scored = await closeRound(state, state.party.phase, store);
    if (scored === null) {
      metrics.refused('fenced');
      return end('lost');
    }
    const withScores = { ...state, standings: scored.closed.standings, live: noLive(state.party.current_round) };
    const taken = takeTurn(withScores, [scored.command], { now: clock.now(), taken: 0, inbox_left: 0 });
    const isDone = await commit(state, taken);
    if (isDone) {
      state.standings = scored.closed.standings;
      state.closed = scored.closed;
      metrics.scored(state.standings.size);
    }
    return isDone;
  }

  /** Starts or goes on storing what is final, beside the loop: Postgres never delays a turn. */
  function keepArchive(state: LedParty): void {
    if (archiving !== null || clock.monotonic() < archiveAfter || stopped) return;
    const work = archiveRounds(state, { store, archive: ports.archive });
    if (work === null) return;
    archiving = work
      .then((done) => {
        observed.push(...done);
        archiveAfter = 0;
      })
      .catch((error: unknown) => {
        archiveAfter = clock.monotonic() + archiveRetryMs;
        metrics.archiveFailed();
        log.warn({ party_id, err: error }, 'archive is away; trying again');
      })
      .finally(() => {
        archiving = null;
        look();
      });
  }

  async function remove(state: LedParty): Promise<void> {
    await store.remove(party_id, state.fence, state.party.room_code);
    await ports.election.forget(party_id);
    end('over');
  }

  function commandsOf(state: LedParty, gathered: Gathered): Command[] {
    const commands: Command[] = [];
    const outages = outagesOf(gathered, ports.health);
    const recent = outages.filter(({ to }) => to > state.party.compensated_until);
    commands.push(...recent.map((outage) => ({ type: 'outage' as const, ...outage })));
    state.attendance = gathered.attendance;
    noteEmptiness(state);
    const crowd = heeded(gathered, { outages, now: clock.now() });
    lookAgainAt = state.party.phase.name === 'question' ? crowd.look_again_at : null;
    commands.push(...crowdCommands(state, crowd.gathered), { type: 'tick' }, ...observed.splice(0));
    if (isAbandoned(state)) commands.push({ type: 'abandoned' });
    return commands;
  }

  function noteEmptiness(state: LedParty): void {
    const isEmpty = state.attendance.players + state.attendance.hosts === 0;
    emptySince = isEmpty ? (emptySince ?? clock.monotonic()) : null;
  }

  function isAbandoned(state: LedParty): boolean {
    return emptySince !== null && clock.monotonic() - emptySince >= abandonAfterMs(state.party);
  }

  /** The next instant to look without being woken. */
  function scheduleNext(): void {
    if (stopped) return;
    const now = clock.monotonic();
    if (led === null) return ports.schedule(party_id, now + 250);
    if (observed.length > 0) return ports.schedule(party_id, now);
    const due = dueAt(led.party);
    const instants = [now + idleLookMs];
    const removable = removableAt(led.party);
    if (due !== null) instants.push(now + Math.max(0, due - clock.now()));
    if (removable < Number.POSITIVE_INFINITY) instants.push(now + Math.max(0, removable - clock.now()));
    if (emptySince !== null) instants.push(emptySince + abandonAfterMs(led.party));
    if (archiveAfter > now) instants.push(archiveAfter);
    if (lookAgainAt !== null) instants.push(now + Math.max(0, lookAgainAt - clock.now()));
    if (led.live.untold.size > 0) instants.push(lastLook + interval());
    ports.schedule(party_id, Math.max(now, Math.min(...instants)));
  }

  function interval(): number {
    return broadcastIntervalMs({ players: led?.party.players_total ?? 0, led: ports.leads() });
  }

  function wake(urgency: 'now' | 'soon'): void {
    if (stopped) return;
    const soonest = lastLook + interval();
    if (urgency === 'now' || clock.monotonic() >= soonest) return look();
    ports.schedule(party_id, soonest);
  }

  function look(): void {
    if (stopped) return;
    if (running !== null) {
      again = true;
      return;
    }
    running = run();
  }

  async function run(): Promise<void> {
    do {
      again = false;
      try {
        await step();
      } catch (error) {
        // What was committed is not known: start over from what the store holds, under a new fence.
        led = null;
        metrics.failed();
        log.warn({ party_id, err: error }, 'a step failed; reading the party afresh');
      }
    } while (again && !stopped && led !== null);
    running = null;
    scheduleNext();
  }

  /** The lease ran out while this process stood still or was cut off: it does not even try to write. */
  function deposed(): false {
    if (!stopped) metrics.refused('fenced');
    return end('lost');
  }

  function end(reason: LoopEnd): false {
    if (!stopped) {
      stopped = true;
      void unwatch?.().catch(() => undefined);
      at.ended(reason);
    }
    return false;
  }

  return {
    party_id,
    lease,
    wake,
    look,
    async stop() {
      end('released');
      await running;
    },
  };
}

/** When a party may leave the live store: its results are safe, and every gateway has had time to read the last places. */
function removableAt({ phase }: LedParty['party']): number {
  return phase.name === 'finished' && phase.results === 'saved'
    ? phase.ended_at + farewellMs
    : Number.POSITIVE_INFINITY;
}
