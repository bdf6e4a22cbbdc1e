/** Moodle's XML: choice, true/false, short answer and numeric questions; texts are HTML unless they say otherwise. */
import { bounds } from '../bounds.ts';
import { decodeText } from '../decode-text.ts';
import { BadQuestion, type Note, rowsCut, UnreadableFile, UnsupportedKind, warning } from '../file-note.ts';
import { htmlText } from '../html-text.ts';
import { type Draft, optional, type QuizReading, type ReadQuestion, readQuestion } from '../quiz-reading.ts';
import { walkXml } from '../xml-walk.ts';
import { moodleCategory } from './moodle-category.ts';

/** Pictures stand in the file as base64; beyond this the rest of a text is not kept. */
const longestText = 200_000;
const mostAnswers = 100;

interface MoodleText {
  format: string;
  text: string;
}

interface MoodleAnswer {
  fraction: number;
  value: MoodleText;
  tolerance: string;
  hasFeedback: boolean;
}

interface MoodleQuestion {
  line: number;
  type: string;
  category: string;
  prompt: MoodleText;
  explanation: MoodleText;
  answers: MoodleAnswer[];
  /** Of plain elements such as `single` and `usecase`. */
  fields: Record<string, string>;
}

export async function readMoodleXml(bytes: Uint8Array): Promise<QuizReading> {
  const { text, remarks } = decodeXml(bytes);
  const { found, isQuiz, broken } = await questionsIn(text);
  if (!isQuiz || (broken !== null && found.length === 0)) {
    throw new UnreadableFile('file_unreadable', broken?.message ?? 'the file has no <quiz>');
  }
  const questions: ReadQuestion[] = [];
  let category = '';
  for (const question of found.slice(0, bounds.rows)) {
    if (question.type === 'category') category = moodleCategory(question.category);
    else questions.push(readQuestion(question.line, (notes) => draftOf(question, category, notes)));
  }
  if (found.length > bounds.rows) return { questions, remarks: [...remarks, rowsCut(questions.at(-1)?.row ?? 0)] };
  if (broken === null) return { questions, remarks };
  const message = `${broken.message}: what follows is left out`;
  const rest = { row: broken.line, column: null, code: 'file_broken', message, severity: 'error' } as const;
  return { questions, remarks: [...remarks, rest] };
}

/** XML names its encoding itself; what `decodeText` would guess is only for files that do not. */
function decodeXml(bytes: Uint8Array): ReturnType<typeof decodeText> {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const label = /^<\?xml[^>]*encoding=["']([\w.:-]{1,40})["']/.exec(head)?.[1]?.toLowerCase();
  if (label === undefined || label.startsWith('utf')) return decodeText(bytes);
  try {
    return { text: new TextDecoder(label).decode(bytes), remarks: [] };
  } catch {
    return decodeText(bytes);
  }
}

async function questionsIn(
  xml: string,
): Promise<{ found: MoodleQuestion[]; isQuiz: boolean; broken: Awaited<ReturnType<typeof walkXml>> }> {
  const found: MoodleQuestion[] = [];
  const path: string[] = [];
  const pieces: string[] = [];
  let length = 0;
  let format = '';
  let isQuiz = false;
  let question: MoodleQuestion | null = null;
  const broken = await walkXml(xml.trimStart(), {
    open(name, attributes, line) {
      path.push(name);
      pieces.length = 0;
      length = 0;
      if (path.length === 1) isQuiz = name === 'quiz';
      if (path.length === 2 && name === 'question') question = emptyQuestion(line, attributes.type ?? '');
      if (path.length === 3) format = attributes.format ?? '';
      if (path.length === 3 && name === 'answer' && question !== null && question.answers.length < mostAnswers) {
        question.answers.push(emptyAnswer(attributes));
      }
    },
    text(piece) {
      if (length < longestText) pieces.push(piece.slice(0, longestText - length));
      length += piece.length;
    },
    close(name) {
      if (question !== null) take(question, path.slice(2), { format, text: pieces.join('') });
      path.pop();
      pieces.length = 0;
      if (path.length === 1 && name === 'question' && question !== null) {
        found.push(question);
        question = null;
      }
    },
    isDone: () => found.length > bounds.rows,
  });
  return { found, isQuiz, broken };
}

function emptyQuestion(line: number, type: string): MoodleQuestion {
  const none = { format: '', text: '' };
  return { line, type: type.toLowerCase(), category: '', prompt: none, explanation: none, answers: [], fields: {} };
}

function emptyAnswer({ fraction = '0', format = '' }: Readonly<Record<string, string>>): MoodleAnswer {
  const weight = Number(fraction);
  return {
    fraction: Number.isFinite(weight) ? weight : 0,
    value: { format, text: '' },
    tolerance: '',
    hasFeedback: false,
  };
}

/** Puts the text of an element that has just ended where it belongs. */
function take(question: MoodleQuestion, path: readonly string[], value: MoodleText): void {
  const answer = question.answers.at(-1);
  switch (path.join('/')) {
    case 'category/text':
      question.category = value.text;
      return;
    case 'questiontext/text':
      question.prompt = value;
      return;
    case 'generalfeedback/text':
      question.explanation = value;
      return;
    case 'answer/text':
      if (answer !== undefined) answer.value = value;
      return;
    case 'answer/tolerance':
      if (answer !== undefined) answer.tolerance = value.text;
      return;
    case 'answer/feedback/text':
      if (answer !== undefined && value.text.trim() !== '') answer.hasFeedback = true;
      return;
    case 'single':
    case 'usecase':
      question.fields[path[0] ?? ''] = value.text.trim().toLowerCase();
  }
}

function draftOf(question: MoodleQuestion, category: string, notes: Note[]): Draft {
  const { type, answers } = question;
  const base = {
    prompt: shown(question.prompt, notes),
    ...optional({
      category: category || undefined,
      explanation: shown(question.explanation, notes) || undefined,
    }),
  };
  if (answers.some(({ hasFeedback }) => hasFeedback)) {
    notes.push(warning('weights_dropped', 'feedback on single answers is left out', 'feedback'));
  }
  switch (type) {
    case 'multichoice':
      return { ...base, ...choicesOf(question, notes) };
    case 'truefalse': {
      const right = answers
        .find(({ fraction }) => fraction > 0)
        ?.value.text.trim()
        .toLowerCase();
      if (right !== 'true' && right !== 'false') {
        throw new BadQuestion('correct_missing', 'neither "true" nor "false" is right', 'answer');
      }
      return { ...base, kind: 'true_false', answer: right === 'true' };
    }
    case 'shortanswer': {
      const case_sensitive = question.fields.usecase === '1';
      const right = wholly(answers, notes).map(({ value }) => plainWildcards(value.text));
      return {
        ...base,
        kind: 'text',
        accepted: right.map((text) => ({ text, ...(case_sensitive ? { case_sensitive } : {}) })),
      };
    }
    case 'numerical': {
      const [best, ...others] = wholly(answers, notes);
      if (best === undefined) throw new BadQuestion('correct_missing', 'no answer is wholly right', 'answer');
      if (others.length > 0) notes.push(warning('weights_dropped', 'only the first right number is kept', 'answer'));
      return { ...base, kind: 'number', answer: numberIn(best.value.text), tolerance: numberIn(best.tolerance || '0') };
    }
    default:
      throw new UnsupportedKind(type, 'type');
  }
}

function choicesOf(
  { answers, fields }: MoodleQuestion,
  notes: Note[],
): Pick<Extract<Draft, { kind: 'single' | 'multiple' | 'poll' }>, 'kind' | 'choices'> {
  const isOne = fields.single !== 'false' && fields.single !== '0';
  if (isOne && answers.some(({ fraction }) => fraction > 0 && fraction < 100)) {
    notes.push(warning('weights_dropped', 'answers that are right in part count as wrong', 'fraction'));
  }
  const choices = answers.map(({ value, fraction }) => ({
    text: shown(value, notes),
    correct: isOne ? fraction >= 100 : fraction > 0,
  }));
  const right = choices.filter(({ correct }) => correct).length;
  if (isOne && right > 1) {
    notes.push(warning('correct_several', 'several answers are right: players must choose all of them', 'fraction'));
  }
  return { kind: isOne && right <= 1 ? 'single' : 'multiple', choices };
}

function wholly(answers: readonly MoodleAnswer[], notes: Note[]): MoodleAnswer[] {
  // `*` takes whatever is left, for its feedback.
  const meant = answers.filter(({ value }) => value.text.trim() !== '*');
  const right = meant.filter(({ fraction }) => fraction >= 100);
  if (meant.some(({ fraction }) => fraction > 0 && fraction < 100)) {
    notes.push(warning('weights_dropped', 'answers that are right in part are left out', 'fraction'));
  }
  return right;
}

/** `\*` is a star; a bare one stands for anything, which an accepted answer here cannot. */
function plainWildcards(text: string): string {
  if (/(?:^|[^\\])\*/.test(text)) {
    throw new BadQuestion('text_unfit', 'an accepted answer with a wildcard (*) cannot be kept', 'answer');
  }
  return text.replaceAll('\\*', '*');
}

function numberIn(text: string): number {
  const trimmed = text.trim().slice(0, 100);
  const value = trimmed === '' ? Number.NaN : Number(trimmed);
  if (Number.isFinite(value)) return value;
  throw new BadQuestion('number_invalid', `"${trimmed.slice(0, 40)}" is not a number`, 'answer');
}

function shown({ format, text }: MoodleText, notes: Note[]): string {
  if (format === 'plain_text' || format === 'markdown') return text.trim();
  const html = htmlText(text);
  if (html.hasMedia && !notes.some(({ code }) => code === 'media_dropped')) {
    notes.push(warning('media_dropped', 'a picture in the text is left out'));
  }
  return html.text.trim();
}
