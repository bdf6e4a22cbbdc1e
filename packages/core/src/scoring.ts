/** What one answer earns. A pure function of question, settings, choice and time; rules S of SPEC.md. */
import type { Choice } from './answer.ts';
import type { AcceptedText, Question } from './question.ts';
import type { Scoring } from './settings.ts';

/** Answers faster than this pay in full: nobody reads quicker, and the network is not the player's fault. */
const fullPointsBelowMs = 500;

/** The share of a question an answer got right. `complete` is what counts as correct and feeds a streak. */
export interface Judgement {
  complete: boolean;
  /** Right options chosen, and how many there are. Both 1 for kinds with one right answer. */
  right: number;
  of: number;
}

/** Points for a right answer after `elapsed_ms` of `limit_ms` (both ms), by the scoring's time curve. */
export function timedPoints(
  scoring: Scoring,
  points: number,
  { elapsed_ms, limit_ms }: { elapsed_ms: number; limit_ms: number },
): number {
  const share = Math.min(Math.max(elapsed_ms / limit_ms, 0), 1);
  switch (scoring) {
    case 'kahoot':
      return elapsed_ms < fullPointsBelowMs ? points : points * (1 - share / 2);
    case 'linear':
      return points * (1 - share);
    case 'accuracy':
      return points;
    case 'none':
      return 0;
  }
}

/** Judges one choice. null for kinds without right or wrong, and for `number` without a tolerance: there the closest
 * wins, which only all answers together tell (see `closestDistance`). */
export function judge(question: Question, choice: Choice | null): Judgement | null {
  const { key } = question;
  switch (key.kind) {
    case 'none':
      return null;
    case 'choices':
      return question.kind === 'multiple'
        ? judgeChoices(key.correct, choice)
        : single(typeof choice === 'string' && key.correct.includes(choice));
    case 'text':
      return single(typeof choice === 'string' && key.accepted.some((accepted) => isSameText(choice, accepted)));
    case 'number':
      if (key.tolerance === null) return null;
      return single(typeof choice === 'number' && Math.abs(choice - key.answer) <= key.tolerance);
    case 'order':
      return judgeOrder(key.order, choice);
  }
}

/** What a judged answer pays, before any streak bonus. Partial credit: rules S8 and S12 of SPEC.md. */
export function pointsFor(
  question: Question,
  scoring: Scoring,
  { judgement, elapsed_ms }: { judgement: Judgement; elapsed_ms: number },
): number {
  const time = { elapsed_ms, limit_ms: question.time_limit_ms };
  if (judgement.right === 0) return 0;
  if (question.kind === 'multiple' && scoring === 'kahoot') {
    return Math.round(timedPoints(scoring, question.points / 2, time) * judgement.right);
  }
  return Math.round((timedPoints(scoring, question.points, time) * judgement.right) / judgement.of);
}

/** Bonus for the n-th correct answer in a row: 0, 100, … 400, then 500 from the sixth. */
export function streakBonus(streak: number): number {
  return Math.min(Math.max(streak - 1, 0), 5) * 100;
}

/** The smallest distance to the answer among all numbers sent; Infinity where there is none. */
export function closestDistance(answer: number, choices: Iterable<Choice | null>): number {
  let closest = Number.POSITIVE_INFINITY;
  for (const choice of choices) {
    if (typeof choice === 'number') closest = Math.min(closest, Math.abs(choice - answer));
  }
  return closest;
}

/** Whether a typed text is the accepted one: compared after NFKC, trimming and folding of white space and (mostly) case. */
function isSameText(typed: string, accepted: AcceptedText): boolean {
  const fold = (text: string): string => {
    const tidy = text.normalize('NFKC').trim().replace(/\s+/gu, ' ');
    return accepted.case_sensitive === true ? tidy : tidy.toLowerCase();
  };
  return fold(typed) === fold(accepted.text);
}

function single(right: boolean): Judgement {
  return { complete: right, right: right ? 1 : 0, of: 1 };
}

function judgeChoices(correct: string[], choice: Choice | null): Judgement {
  const chosen = new Set(Array.isArray(choice) ? choice : []);
  const right = correct.filter((id) => chosen.has(id)).length;
  const hasWrong = chosen.size > right;
  return hasWrong
    ? { complete: false, right: 0, of: correct.length }
    : { complete: right === correct.length, right, of: correct.length };
}

function judgeOrder(order: string[], choice: Choice | null): Judgement {
  const placed = Array.isArray(choice) ? order.filter((id, place) => choice[place] === id).length : 0;
  return { complete: placed === order.length, right: placed, of: order.length };
}
