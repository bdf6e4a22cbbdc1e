/** A batch of answers as the script takes it, and its verdicts as the port gives them. Pure. */
import type { AnswerDraft, AnswerVerdict } from '@partyline/core';
import { packedAnswer, unpackedAnswer } from './packed-answer.ts';
import { refusalIn } from './status.ts';

export interface AnswerBatch {
  /** JSON: how many of the answers add to each distinct set of choices, and the set; in the order of the answers. */
  tallySets: string;
  /** JSON: extra ms by user id; empty where nobody has any. */
  extraTimes: string;
  /** How many answers, at the end, may be second ones of a player: those, and behind them those not to be accepted. */
  seconds: number;
  /** All user ids, then all packed answers. */
  answers: string[];
  /** Where each of them stands among the drafts. */
  places: number[];
}

/**
 * Choices are few and answers many: answers to the same choices stand together, and Redis counts sets, not answers. A second
 * answer of one player stands behind all first ones: the first to come is the first there.
 */
export function answerBatch(drafts: AnswerDraft[]): AnswerBatch {
  const sets = new Map<string, number[]>();
  const again: [set: string, places: number[]][] = [];
  const unjudged: number[] = [];
  const extra: [string, number][] = [];
  const seen = new Set<string>();
  for (const [place, { user_id, tally, extra_ms }] of drafts.entries()) {
    if (extra_ms > 0) extra.push([user_id, extra_ms]);
    const set = JSON.stringify(tally);
    const alike = sets.get(set);
    if (tally === null) unjudged.push(place);
    else if (seen.has(user_id)) again.push([set, [place]]);
    else if (alike === undefined) sets.set(set, [place]);
    else alike.push(place);
    if (tally !== null) seen.add(user_id);
  }
  const judged = [...sets, ...again];
  const places = [...judged.flatMap(([, alike]) => alike), ...unjudged];
  const ordered = places.flatMap((place) => drafts[place] ?? []);
  return {
    tallySets: `[${judged.map(([set, { length }]) => `[${length},${set}]`).join(',')}]`,
    extraTimes: extra.length === 0 ? '' : JSON.stringify(Object.fromEntries(extra)),
    seconds: again.length + unjudged.length,
    answers: [...ordered.map(({ user_id }) => user_id), ...ordered.map(({ id, choice }) => packedAnswer(id, choice))],
    places,
  };
}

/** In the order of the drafts. The script names only the answers it did not accept, by their place in the batch. */
export function verdicts({ places }: Pick<AnswerBatch, 'places'>, reply: unknown): AnswerVerdict[] {
  if (refusalIn(reply) !== null) return new Array(places.length).fill({ verdict: 'no_party' });
  const [elapsed_ms, ...exceptions] = reply as [number, ...(number | string)[]];
  const found: AnswerVerdict[] = new Array(places.length).fill({ verdict: 'accepted', elapsed_ms });
  for (let at = 0; at < exceptions.length; at += 2) {
    found[places[Number(exceptions[at]) - 1] ?? -1] = exception(String(exceptions[at + 1]));
  }
  return found;
}

function exception(text: string): AnswerVerdict {
  switch (text) {
    case 'late':
    case 'wrong_round':
    case 'unjudged':
    case 'paused':
      return { verdict: text };
  }
  return { verdict: 'stored', ...unpackedAnswer(text) };
}
