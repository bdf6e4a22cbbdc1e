/** Answers of one party and round waiting a few milliseconds for company, so that a thousand of them cost a handful of scripts. */
import type { AnswerDraft, AnswerVerdict, Timers } from '@partyline/core';

const largestBatch = 500;

export interface AnswerBatches {
  /** Resolves with this answer's verdict; rejects where the store cannot say. */
  add(round: number, draft: AnswerDraft): Promise<AnswerVerdict>;
}

interface Waiting {
  draft: AnswerDraft;
  resolve: (verdict: AnswerVerdict) => void;
  reject: (error: unknown) => void;
}

export function createAnswerBatches(at: {
  batch_ms: number;
  timers: Timers;
  accept: (round: number, batch: AnswerDraft[]) => Promise<AnswerVerdict[]>;
}): AnswerBatches {
  const open = new Map<number, Waiting[]>();

  async function flush(round: number): Promise<void> {
    const batch = open.get(round);
    open.delete(round);
    if (batch === undefined || batch.length === 0) return;
    try {
      const verdicts = await at.accept(
        round,
        batch.map(({ draft }) => draft),
      );
      batch.forEach(({ resolve, reject }, index) => {
        const verdict = verdicts[index];
        if (verdict === undefined) reject(new Error('the store answered fewer answers than it was sent'));
        else resolve(verdict);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return {
    add(round, draft) {
      return new Promise((resolve, reject) => {
        const batch = open.get(round) ?? [];
        batch.push({ draft, resolve, reject });
        if (batch.length === 1) {
          open.set(round, batch);
          at.timers.after(at.batch_ms, () => {
            if (open.get(round) === batch) void flush(round);
          });
        }
        if (batch.length >= largestBatch) void flush(round);
      });
    },
  };
}
