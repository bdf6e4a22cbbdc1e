/**
 * The archive with a count of what goes into it, and of what should be in it and is not yet. Passes everything on as it is.
 */
import type { Archive, Clock, FinalResults } from '@partyline/core';
import type { ArchiveWrite } from '@partyline/telemetry';

/** A leader tries again every second; results nobody here has tried to store for so long are somebody else's by now. */
const forgottenAfterMs = 15_000;

export interface ObservedArchive {
  archive: Archive;
  /** Results that a leader of this node has tried to store and could not, and how old the oldest is, ms. */
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

  async function saveResults(results: FinalResults): Promise<void> {
    const { game_id, phase } = results.party;
    const ended_at = phase.name === 'finished' ? phase.ended_at : clock.now();
    waiting.set(game_id, { ended_at, triedAt: clock.monotonic() });
    await timed('save_results', archive.saveResults(results)).finally(() => {
      const known = waiting.get(game_id);
      if (known !== undefined) known.triedAt = clock.monotonic();
    });
    waiting.delete(game_id);
  }

  return {
    archive: {
      ...archive,
      openParty: (party) => timed('open_party', archive.openParty(party)),
      enroll: (party_id, players) => timed('enroll', archive.enroll(party_id, players)),
      checkpoint: (checkpoint) => timed('checkpoint', archive.checkpoint(checkpoint)),
      keepBans: (party_id, bans) => timed('keep_bans', archive.keepBans(party_id, bans)),
      saveResults,
    },
    pending() {
      const tooOld = clock.monotonic() - forgottenAfterMs;
      for (const [game_id, { triedAt }] of waiting) if (triedAt < tooOld) waiting.delete(game_id);
      const ages = [...waiting.values()].map(({ ended_at }) => clock.now() - ended_at);
      return { results: waiting.size, oldest_ms: Math.max(0, ...ages) };
    },
  };
}
