/** A batch of answers as the script takes it, and its verdicts as the port gives them. Pure. */
import type { AnswerDraft, AnswerVerdict } from '@partyline/core';
import { packedAnswer, unpackedAnswer } from './packed-answer.ts';
import { refusalIn } from './status.ts';

export interface AnswerBatch {
  /** JSON: what each distinct set of choices adds one to. */
  tallySets: string;
  /** JSON: extra ms by user id; empty where nobody has any. */
  extraTimes: string;
  /** User id, packed answer and number of the tally set in turn; 0 adds to nothing, -1 is not to be accepted. */
  answers: (string | number)[];
}

/** Choices are few and answers many: each answer names its set by number, and Redis counts sets, not answers. */
export function answerBatch(drafts: AnswerDraft[]): AnswerBatch {
  const numbers = new Map<string, number>();
  const sets: string[] = [];
  const extra: [string, number][] = [];
  const answers: (string | number)[] = [];
  for (const { user_id, id, choice, tally, extra_ms } of drafts) {
    let number = tally === null ? -1 : 0;
    if (tally !== null && tally.length > 0) {
      const set = JSON.stringify(tally);
      number = numbers.get(set) ?? sets.push(set);
      numbers.set(set, number);
    }
    if (extra_ms > 0) extra.push([user_id, extra_ms]);
    answers.push(user_id, packedAnswer(id, choice), number);
  }
  const extraTimes = extra.length === 0 ? '' : JSON.stringify(Object.fromEntries(extra));
  return { tallySets: `[${sets.join(',')}]`, extraTimes, answers };
}

/** The script names only the answers it did not accept, by their place in the batch. */
export function verdicts(count: number, reply: unknown): AnswerVerdict[] {
  if (refusalIn(reply) !== null) return new Array(count).fill({ verdict: 'no_party' });
  const [elapsed_ms, ...exceptions] = reply as [number, ...(number | string)[]];
  const found: AnswerVerdict[] = new Array(count).fill({ verdict: 'accepted', elapsed_ms });
  for (let at = 0; at < exceptions.length; at += 2) {
    found[Number(exceptions[at]) - 1] = exception(String(exceptions[at + 1]));
  }
  return found;
}

function exception(text: string): AnswerVerdict {
  if (text === 'late' || text === 'wrong_round' || text === 'unjudged') return { verdict: text };
  return { verdict: 'stored', ...unpackedAnswer(text) };
}
