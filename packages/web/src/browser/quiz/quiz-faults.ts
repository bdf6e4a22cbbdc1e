/** What the server objects to in a quiz, put where it belongs: at a question, at a field of it, or at the quiz. Pure. */
import type { Refused } from '../party-client.ts';
import { adviceOn, sentence } from '../words/advice.ts';

export interface QuizFaults {
  /** Of the quiz as a whole; null where every fault has a place. */
  whole: string | null;
  title: string | null;
  /** By the question's place, from 0: one line each. */
  questions: ReadonlyMap<number, string[]>;
}

export const noFaults: QuizFaults = { whole: null, title: null, questions: new Map() };

export function quizFaults(problem: Refused | null): QuizFaults {
  const whole = adviceOn(problem);
  if (problem === null || !['quiz_invalid', 'invalid_body'].includes(problem.code)) return { ...noFaults, whole };
  const questions = new Map<number, string[]>();
  let title: string | null = null;
  for (const { path, message } of problem.errors) {
    const [, place, field] = /^(?:\/quiz)?\/questions\/(\d+)(?:\/(.*))?$/.exec(path) ?? [];
    if (place !== undefined) {
      const at = Number(place);
      questions.set(at, [...(questions.get(at) ?? []), faultLine(field, message)]);
    } else if (path.endsWith('/title')) title = 'Give the quiz a title of up to 200 characters.';
  }
  if (questions.size === 0 && problem.question !== undefined)
    questions.set(problem.question - 1, [sentence(problem.detail)]);
  return { whole, title, questions };
}

/** `choices/2/text` + `must NOT have fewer than 1 characters` → `Choice 3: must not be empty.` */
function faultLine(field: string | undefined, message: string): string {
  const name = field === undefined ? '' : fieldName(field);
  return sentence(name === '' ? plain(message) : `${name}: ${plain(message)}`);
}

/** The words of JSON Schema, in those of people. */
function plain(message: string): string {
  return message
    .replace('must NOT have fewer than 1 characters', 'must not be empty')
    .replace(/must NOT have more than (\d+) characters/, 'may have $1 characters at most')
    .replace(/must NOT have fewer than (\d+) items/, 'needs at least $1')
    .replace(/must NOT have more than (\d+) items/, 'may have $1 at most')
    .replace(/must be >= (\S+)/, 'must be $1 or more')
    .replace(/must be <= (\S+)/, 'must be $1 or less')
    .replace(/must be (number|integer)$/, 'must be a number');
}

const names: Readonly<Record<string, string>> = {
  prompt: 'Question',
  time_limit_seconds: 'Seconds',
  points: 'Points',
  category: 'Category',
  explanation: 'Explanation',
  media_url: 'Picture',
  choices: 'Choices',
  accepted: 'Accepted answers',
  answer: 'Right answer',
  tolerance: 'Tolerance',
  min: 'Smallest',
  max: 'Largest',
  max_words: 'Words',
};

function fieldName(field: string): string {
  const [first = '', place] = field.split('/');
  if (place !== undefined && first === 'choices') return `Choice ${Number(place) + 1}`;
  if (place !== undefined && first === 'accepted') return `Accepted answer ${Number(place) + 1}`;
  return names[first] ?? first;
}
