/** Whether a sent choice has the form its question asks for, and what it adds to the tally. Says nothing about right or wrong. */
import type { Choice } from './answer.ts';
import type { AnswerGate } from './gate.ts';

export type ReadChoice = { ok: true; choice: Choice; tally: string[] } | { ok: false; detail: string };

const longestText = 200;
const longestWord = 30;

export function readChoice(gate: AnswerGate, choice: Choice): ReadChoice {
  switch (gate.kind) {
    case 'single':
    case 'true_false':
    case 'poll':
      return typeof choice === 'string' && gate.choice_ids.includes(choice)
        ? { ok: true, choice, tally: [choice] }
        : no('choice must be the id of one of the choices');
    case 'multiple':
      return readMultiple(gate, choice);
    case 'order':
      return isPermutation(choice, gate.choice_ids)
        ? { ok: true, choice, tally: [] }
        : no('choice must list every choice id once, in order');
    case 'text':
      return typeof choice === 'string' && choice.trim() !== '' && choice.length <= longestText
        ? { ok: true, choice: choice.trim(), tally: [] }
        : no(`choice must be a text of 1 to ${longestText} characters`);
    case 'number':
      return readNumber(gate, choice);
    case 'rating':
      return typeof choice === 'number' && Number.isInteger(choice) && choice >= 1 && choice <= (gate.max ?? 5)
        ? { ok: true, choice, tally: [String(choice)] }
        : no(`choice must be a whole number from 1 to ${gate.max ?? 5}`);
    case 'word_cloud':
      return readWords(gate, choice);
  }
}

function readMultiple(gate: AnswerGate, choice: Choice): ReadChoice {
  const ids = Array.isArray(choice) ? choice : [];
  const isFine = ids.length > 0 && new Set(ids).size === ids.length && ids.every((id) => gate.choice_ids.includes(id));
  return isFine ? { ok: true, choice: ids, tally: ids } : no('choice must be a list of different choice ids');
}

function isPermutation(choice: Choice, ids: string[]): choice is string[] {
  return Array.isArray(choice) && choice.length === ids.length && ids.every((id) => choice.includes(id));
}

function readNumber(gate: AnswerGate, choice: Choice): ReadChoice {
  const low = gate.min ?? Number.NEGATIVE_INFINITY;
  const high = gate.max ?? Number.POSITIVE_INFINITY;
  return typeof choice === 'number' && Number.isFinite(choice) && choice >= low && choice <= high
    ? { ok: true, choice, tally: [] }
    : no('choice must be a number within the bounds of the question');
}

/** Words are folded (NFKC, lower case, single spaces) so that the same word counts as the same. */
function readWords(gate: AnswerGate, choice: Choice): ReadChoice {
  const typed = Array.isArray(choice) ? choice : typeof choice === 'string' ? [choice] : [];
  const words = typed.map((word) => word.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase());
  const max = gate.max_words ?? 1;
  if (words.length === 0 || words.length > max) return no(`choice must hold 1 to ${max} words`);
  if (words.some((word) => word === '' || word.length > longestWord)) {
    return no(`each word must have 1 to ${longestWord} characters`);
  }
  const different = [...new Set(words)];
  return { ok: true, choice: Array.isArray(choice) ? different : (different[0] ?? ''), tally: different };
}

function no(detail: string): ReadChoice {
  return { ok: false, detail };
}
