/**
 * The archive with a count of what goes into it, and of what should be in it and is not yet. Passes everything on as it is.
 */
import type { Archive, Clock, Party } from '@partyline/core';
import type { ArchiveWrite } from '@partyline/telemetry';

/** A leader tries again a second after it failed; what nobody here has tried for so long is somebody else's by now. */
const forgottenAfterMs = 15_000;
/** Of a write that has not come back. */
const stillTrying = Number.POSITIVE_INFINITY;

export interface ObservedArchive {
  archive: Archive;
  /** Parties that are over, and which a leader of this node has tried to store and could not; how long the oldest is over, ms. */
  pending(): { results: number; oldest_ms: number };
}

export interface ArchiveObservation {
  clock: Clock;
  write: (write: ArchiveWrite, ms: number, outcome: 'done' | 'failed') => void;
}

export function observeArchive(archive: Archive, { clock, write }: ArchiveObservation): ObservedArchive {
  const waiting = new Map<string, { ended_at: number; triedAt: number }>();

  async function timed<T>(name: ArchiveWrite, work: Promise<T>): Promise<T> {
    const startedAt = clock.monotonic();
    try {
      const result = await work;
      write(name, clock.monotonic() - startedAt, 'done');
      return result;
    } catch (error) {
      write(name, clock.monotonic() - startedAt, 'failed');
      throw error;
    }
  }

  /** Its last rounds come before its results: a party waits for both. */
  async function whileOver<T>({ game_id, phase }: Party, work: () => Promise<T>): Promise<T> {
    if (phase.name !== 'finished') return work();
    const entry = { ended_at: phase.ended_at, triedAt: stillTrying };
    waiting.set(game_id, entry);
    return work().finally(() => {
      entry.triedAt = clock.monotonic();
    });
  }

  return {
    archive: {
      ...archive,
      openParty: (party) => timed('open_party', archive.openParty(party)),
      enroll: (party_id, players) => timed('enroll', archive.enroll(party_id, players)),
      checkpoint: (checkpoint) =>
        whileOver(checkpoint.party, () => timed('checkpoint', archive.checkpoint(checkpoint))),
      keepBans: (party_id, bans) => timed('keep_bans', archive.keepBans(party_id, bans)),
      async saveResults(results) {
        await whileOver(results.party, () => timed('save_results', archive.saveResults(results)));
        waiting.delete(results.party.game_id);
      },
    },
    pending() {
      const tooOld = clock.monotonic() - forgottenAfterMs;
      for (const [game_id, { triedAt }] of waiting) if (triedAt < tooOld) waiting.delete(game_id);
      const ages = [...waiting.values()].map(({ ended_at }) => clock.now() - ended_at);
      return { results: waiting.size, oldest_ms: Math.max(0, ...ages) };
    },
  };
}
