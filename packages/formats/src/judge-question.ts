/**
 * From a question as a file has it to one that may be kept: texts cleaned, bounds kept, playable by core's rules. What
 * a person would rather have shortened than lost is shortened; a text that answers depend on is never changed.
 */
import { type AuthoredQuestion, questionFaults, visibleText } from '@partyline/core';
import { bounds } from './bounds.ts';
import { cut, isLongerThan, oneLine, severalLines } from './clean-text.ts';
import { BadQuestion, type Note, warning } from './file-note.ts';
import type { Draft } from './quiz-reading.ts';
import type { RowCode } from './row-code.ts';

type Kind<K extends AuthoredQuestion['kind']> = Extract<AuthoredQuestion, { kind: K }>;
type Common = Pick<
  AuthoredQuestion,
  'prompt' | 'time_limit_seconds' | 'points' | 'category' | 'explanation' | 'media_url'
>;

/** Text this many times longer than allowed is not cleaned first: cleaning costs more than linear time. */
const hopeless = 8;

/** What core says of a question that cannot be played, by code. */
const faultCodes: Record<string, RowCode> = {
  'its prompt is blank': 'prompt_missing',
  'one of its accepted answers is blank': 'correct_invalid',
  'two of its choices are the same': 'choices_repeated',
  'a poll has no correct choice': 'correct_forbidden',
  'it has no correct choice': 'correct_missing',
  'it has several correct choices: make it a `multiple`': 'correct_several',
  'it has no accepted answer': 'correct_missing',
  '`min` must be below `max`': 'number_invalid',
  'its answer is outside `min` and `max`': 'number_invalid',
};

/** Throws `BadQuestion` where the question cannot be kept; what was changed is added to `notes`. */
export function judgedQuestion(draft: Draft, notes: Note[]): AuthoredQuestion {
  const question = { ...common(draft, notes), ...answering(draft, notes) } as AuthoredQuestion;
  const [fault] = questionFaults(question);
  if (fault === undefined) return question;
  throw new BadQuestion(faultCodes[fault] ?? 'question_invalid', fault);
}

function common(draft: Draft, notes: Note[]): Common {
  const prompt = needed(severalLines, draft.prompt, { most: bounds.prompt, name: 'prompt', missing: 'prompt_missing' });
  const category = shortened(oneLine, draft.category, { most: bounds.category, name: 'category' }, notes);
  const explanation = shortened(
    severalLines,
    draft.explanation,
    { most: bounds.explanation, name: 'explanation' },
    notes,
  );
  const media_url = mediaUrl(draft.media_url, notes);
  const { time_limit_seconds: seconds, points } = draft;
  return {
    prompt,
    ...(seconds === undefined
      ? {}
      : {
          time_limit_seconds: within(
            bounds.seconds,
            seconds,
            { name: 'time limit', code: 'time_limit_changed' },
            notes,
          ),
        }),
    ...(points === undefined
      ? {}
      : { points: within(bounds.points, points, { name: 'points', code: 'points_changed' }, notes) }),
    ...(visibleText(category) === '' ? {} : { category }),
    ...(explanation === '' ? {} : { explanation }),
    ...(media_url === null ? {} : { media_url }),
  };
}

function answering(draft: Draft, notes: Note[]): Partial<AuthoredQuestion> {
  switch (draft.kind) {
    case 'single':
    case 'multiple':
    case 'poll': {
      const choices = choicesOf(draft.choices);
      return {
        kind: draft.kind,
        choices: choices.map(({ text, correct }) => (correct === true ? { text, correct } : { text })),
      };
    }
    case 'order':
      return { kind: 'order', choices: choicesOf(draft.choices).map(({ text }) => ({ text })) };
    case 'true_false':
      return { kind: 'true_false', answer: draft.answer };
    case 'text':
      return { kind: 'text', accepted: acceptedOf(draft.accepted, notes) };
    case 'number':
      return numberOf(draft);
    case 'rating':
      return {
        kind: 'rating',
        ...(draft.max === undefined ? {} : { max: within(bounds.rating, draft.max, range, notes) }),
      };
    case 'word_cloud': {
      const { max_words } = draft;
      return {
        kind: 'word_cloud',
        ...(max_words === undefined ? {} : { max_words: within(bounds.words, max_words, range, notes) }),
      };
    }
  }
}

const range = { name: 'bound', code: 'range_changed' } as const;

function choicesOf(given: readonly { text: string; correct?: boolean }[]): { text: string; correct?: boolean }[] {
  const choices = given.map(({ text, ...choice }) => ({ ...choice, text: choiceText(text) }));
  if (choices.some(({ text, correct }) => text === '' && correct === true)) {
    throw new BadQuestion('correct_invalid', 'a choice that is marked as right is empty');
  }
  const filled = choices.filter(({ text }) => text !== '');
  if (filled.length < bounds.choices.min) {
    throw new BadQuestion('choices_too_few', `a question needs ${bounds.choices.min} choices`);
  }
  if (filled.length > bounds.choices.max) {
    throw new BadQuestion('choices_too_many', `a question has no more than ${bounds.choices.max} choices`);
  }
  return filled;
}

function choiceText(text: string): string {
  return bounded(oneLine, text, { most: bounds.choice, name: 'choice' });
}

function acceptedOf(given: Kind<'text'>['accepted'], notes: Note[]): Kind<'text'>['accepted'] {
  const seen = new Map<string, Kind<'text'>['accepted'][number]>();
  for (const { text, case_sensitive } of given) {
    const clean = bounded(oneLine, text, { most: bounds.acceptedText, name: 'accepted answer' });
    const accepted = { text: clean, ...(case_sensitive === true ? { case_sensitive } : {}) };
    if (clean !== '') seen.set(JSON.stringify(accepted), accepted);
  }
  const all = [...seen.values()];
  if (all.length > bounds.accepted) {
    notes.push(warning('text_cut', `only the first ${bounds.accepted} accepted answers are kept`));
  }
  return all.slice(0, bounds.accepted);
}

function numberOf({
  answer,
  tolerance,
  min,
  max,
}: Kind<'number'>): Kind<'number'> extends infer K ? Partial<K> : never {
  const given = Object.entries({ answer, tolerance, min, max }).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (!Number.isFinite(value) || Math.abs(value as number) > bounds.number) {
      throw new BadQuestion('number_invalid', `the ${name} is not a number, or too large`);
    }
  }
  if (tolerance !== undefined && tolerance < 0) throw new BadQuestion('number_invalid', 'the tolerance is negative');
  return { kind: 'number', ...Object.fromEntries(given) };
}

/** A number out of bounds is brought to the nearest one within. */
function within(
  { min, max }: { min: number; max: number },
  value: number,
  { name, code }: { name: string; code: RowCode },
  notes: Note[],
): number {
  const kept = Math.min(max, Math.max(min, Math.round(value)));
  if (kept !== value) notes.push(warning(code, `${name}: ${value} is out of bounds, ${kept} is the nearest within`));
  return kept;
}

interface TextRule {
  most: number;
  name: string;
}

function needed(clean: (text: string) => string, text: string, rule: TextRule & { missing: RowCode }): string {
  const kept = bounded(clean, text, rule);
  if (kept === '') throw new BadQuestion(rule.missing, `the ${rule.name} is empty`);
  return kept;
}

function bounded(clean: (text: string) => string, text: string, { most, name }: TextRule): string {
  const trimmed = text.trim();
  const kept = trimmed.length > hopeless * most ? null : clean(trimmed);
  if (kept !== null && !isLongerThan(most, kept)) return kept;
  throw new BadQuestion('text_too_long', `the ${name} is longer than ${most} characters`);
}

/** Also for texts of the quiz as a whole. */
export function shortened(
  clean: (text: string) => string,
  text: string | undefined,
  { most, name }: TextRule,
  notes: Note[],
): string {
  const trimmed = (text ?? '').trim();
  const kept = clean(trimmed.slice(0, hopeless * most));
  if (trimmed.length <= hopeless * most && !isLongerThan(most, kept)) return kept;
  notes.push(warning('text_cut', `the ${name} was longer than ${most} characters and was cut`));
  return clean(cut(most, kept));
}

/** As strict as the wire: http or https, nothing that ends an attribute or a line. */
function mediaUrl(url: string | undefined, notes: Note[]): string | null {
  const trimmed = url?.trim() ?? '';
  if (trimmed === '') return null;
  const isShown =
    trimmed.length <= bounds.url && /^https?:\/\/[^\s\p{Cc}\p{Cs}<>"]+$/u.test(trimmed) && URL.canParse(trimmed);
  if (isShown) return trimmed;
  notes.push(warning('media_dropped', 'the address of the picture is no http address that can be shown'));
  return null;
}
