/** Pool rows turned into the questions of one party: choices shuffled and named by position, the answer kept as a key. */
import type { PoolQuestion } from './ports/question-pool.ts';
import type { Question, Quiz } from './question.ts';

/** `randomInt(n)` is uniform on 0..n-1 and must come from a CSPRNG: whoever can predict it knows the answers. */
export type RandomInt = (n: number) => number;

const ids = 'abcdefgh';

export function poolQuiz(
  questions: PoolQuestion[],
  at: { title: string; time_limit_ms: number; points: number; randomInt: RandomInt },
): Quiz {
  return { quiz_id: null, title: at.title, questions: questions.map((question) => poolQuestion(question, at)) };
}

function poolQuestion(
  row: PoolQuestion,
  at: { time_limit_ms: number; points: number; randomInt: RandomInt },
): Question {
  const order = shuffled([row.answer, ...row.wrong], at.randomInt);
  const choices = order.map((text, place) => ({ id: choiceId(place), text }));
  const correct = choices.filter((choice) => choice.text === row.answer).map((choice) => choice.id);
  return {
    id: row.id,
    kind: 'single',
    prompt: row.question,
    category: row.category,
    time_limit_ms: at.time_limit_ms,
    points: at.points,
    choices,
    key: { kind: 'choices', correct },
  };
}

/** Fisher-Yates. */
export function shuffled<T>(items: readonly T[], randomInt: RandomInt): T[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const pick = randomInt(last + 1);
    const [a, b] = [copy[last], copy[pick]];
    if (a !== undefined && b !== undefined) [copy[last], copy[pick]] = [b, a];
  }
  return copy;
}

export function choiceId(place: number): string {
  return ids[place] ?? String(place);
}
