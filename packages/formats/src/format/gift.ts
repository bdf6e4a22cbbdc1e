/**
 * GIFT, Moodle's text format, read as Moodle reads it: questions parted by blank lines, the answer in braces, signs
 * escaped by a backslash. A broken question costs itself only.
 */
import { bounds } from '../bounds.ts';
import { decodeText } from '../decode-text.ts';
import { BadQuestion, type Note, rowsCut, UnreadableFile, UnsupportedKind, warning } from '../file-note.ts';
import { htmlText } from '../html-text.ts';
import { type Draft, optional, type QuizReading, type ReadQuestion, readQuestion } from '../quiz-reading.ts';
import { linesOf } from '../text-lines.ts';
import { moodleCategory } from './moodle-category.ts';

const categoryLine = /^\$CATEGORY:([\s\S]*)$/;
const markup = /^\s*\[(html|moodle|plain|markdown)\]/;
/** Longer ones hold pictures or are not GIFT; no question needs a tenth of it. */
const longestBlock = 100_000;
const longestNumber = 50;

type Markup = 'html' | 'moodle' | 'plain' | 'markdown';

interface Block {
  row: number;
  text: string;
  category: string;
}

export function readGift(bytes: Uint8Array): QuizReading {
  const { text, remarks } = decodeText(bytes);
  const { lines, remarks: cut } = linesOf(text);
  const blocks = blocksOf(lines);
  if (!blocks.some((block) => unescaped(block.text, '{', 0) !== -1)) {
    throw new UnreadableFile('no_questions', 'no question with an answer in braces was found');
  }
  const beyond = blocks.length > bounds.rows ? [rowsCut(blocks[bounds.rows]?.row ?? 0)] : [];
  const questions = blocks
    .slice(0, bounds.rows)
    .map(({ row, ...block }): ReadQuestion => readQuestion(row, (notes) => draftOf(block, notes)));
  return { questions, remarks: [...remarks, ...cut, ...beyond] };
}

function blocksOf(all: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  let start = 0;
  let category = '';
  const end = (): void => {
    if (lines.length > 0) blocks.push({ row: start, text: lines.join('\n'), category });
    lines = [];
  };
  for (const [index, line] of all.entries()) {
    if (blocks.length > bounds.rows) break;
    const named = categoryLine.exec(line.trimStart())?.[1];
    if (named !== undefined || line.trim() === '') end();
    if (named !== undefined) category = moodleCategory(named);
    if (named !== undefined || line.trim() === '' || line.trimStart().startsWith('//')) continue;
    if (lines.length === 0) start = index + 1;
    lines.push(line);
  }
  end();
  return blocks;
}

function draftOf({ text, category }: Omit<Block, 'row'>, notes: Note[]): Draft {
  if (text.length > longestBlock) throw new BadQuestion('text_too_long', 'the question is far too long');
  const untitled = withoutTitle(text);
  const open = unescaped(untitled, '{', 0);
  if (open === -1) {
    if (unescaped(untitled, '}', 0) !== -1) throw malformed('a } without a {');
    throw new UnsupportedKind('description');
  }
  const close = unescaped(untitled, '}', open + 1);
  if (close === -1) throw malformed('the { is never closed');
  const [before, answer, after] = [untitled.slice(0, open), untitled.slice(open + 1, close), untitled.slice(close + 1)];
  if (unescaped(after, '{', 0) !== -1) throw malformed('a second answer in braces');
  const stemMarkup = (markup.exec(before)?.[1] ?? 'moodle') as Markup;
  const show = (given: string): string => shown(given, stemMarkup, notes);
  const stem = after.trim() === '' ? show(before) : `${show(before)} _____ ${show(after)}`;
  const [answers, feedback] = partedAt(answer, '####');
  const explanation = feedback === null ? '' : show(feedback);
  const base = {
    prompt: stem,
    ...optional({ category: category || undefined, explanation: explanation || undefined }),
  };
  return { ...base, ...answering(answers.trim(), show, notes) } as Draft;
}

function answering(answers: string, show: (text: string) => string, notes: Note[]): Partial<Draft> {
  if (answers === '') throw new UnsupportedKind('essay');
  if (answers.startsWith('#')) return numberOf(answers.slice(1).trim(), notes);
  if (unescaped(answers, '~', 0) !== -1) return choicesOf(answers, show, notes);
  const isList = answers.startsWith('=');
  if (isList && answers.includes('->')) throw new UnsupportedKind('matching');
  const [word = ''] = partedAt(answers, '#');
  const truth = /^(t|true|f|false)$/i.exec(word.trim())?.[1]?.toLowerCase();
  if (truth !== undefined) return { kind: 'true_false', answer: truth.startsWith('t') };
  return acceptedOf(isList ? answers : `=${answers}`, notes);
}

interface GiftAnswer {
  sign: '=' | '~';
  /** Percent; null where none is given. */
  weight: number | null;
  text: string;
}

function answersIn(answers: string, notes: Note[]): GiftAnswer[] {
  const starts: number[] = [];
  for (let at = unescaped(answers, '=~', 0); at !== -1; at = unescaped(answers, '=~', at + 1)) starts.push(at);
  return starts.map((start, index) => {
    const whole = answers.slice(start + 1, starts[index + 1] ?? answers.length);
    const [weighed, feedback] = partedAt(whole, '#');
    const match = /^\s*%(-?\d{1,3}(?:\.\d{0,10})?)%/.exec(weighed);
    if (feedback !== null) noteOnce(notes, 'weights_dropped', 'feedback on single answers is left out');
    return {
      sign: answers[start] === '=' ? '=' : '~',
      weight: match?.[1] === undefined ? null : Number(match[1]),
      text: weighed.slice(match?.[0].length ?? 0),
    };
  });
}

function choicesOf(answers: string, show: (text: string) => string, notes: Note[]): Partial<Draft> {
  const given = answersIn(answers, notes);
  const isOne = given.some(({ sign }) => sign === '=');
  // Without a `=` the weights tell: several answers may be ticked, those above zero are right.
  const choices = given.map(({ sign, weight, text }) => ({
    text: show(text),
    correct: sign === '=' || (isOne ? weight === 100 : (weight ?? 0) > 0),
  }));
  if (isOne && given.some(({ sign, weight }) => sign === '~' && weight !== null && weight > 0 && weight < 100)) {
    noteOnce(notes, 'weights_dropped', 'answers that are right in part count as wrong');
  }
  const right = choices.filter(({ correct }) => correct).length;
  if (right > 1 && isOne)
    noteOnce(notes, 'correct_several', 'several answers are right: players must choose all of them');
  return { kind: right > 1 || !isOne ? 'multiple' : 'single', choices };
}

function acceptedOf(answers: string, notes: Note[]): Partial<Draft> {
  const given = answersIn(answers, notes);
  const right = given.filter(({ weight }) => weight === null || weight === 100);
  if (right.length < given.length) noteOnce(notes, 'weights_dropped', 'answers that are right in part are left out');
  return { kind: 'text', accepted: right.map(({ text }) => ({ text: literal(text).trim() })) };
}

function numberOf(answers: string, notes: Note[]): Partial<Draft> {
  const given = /^[=~]/.test(answers) ? answersIn(answers, notes) : [{ weight: null, text: partedAt(answers, '#')[0] }];
  const [best, ...others] = given.filter(({ weight }) => weight === null || weight === 100);
  if (best === undefined) throw new BadQuestion('correct_missing', 'no answer is wholly right');
  if (others.length > 0 || given.length > 1) {
    noteOnce(notes, 'weights_dropped', 'only the first of the right numbers is kept');
  }
  const text = literal(best.text).trim();
  const [low, high] = text.includes('..') ? text.split('..', 2).map(numberIn) : [];
  if (low !== undefined && high !== undefined) {
    return { kind: 'number', answer: rounded((low + high) / 2), tolerance: rounded(Math.abs(high - low) / 2) };
  }
  const [answer = Number.NaN, tolerance = 0] = text.split(':', 2).map(numberIn);
  return { kind: 'number', answer, tolerance };
}

function numberIn(text: string): number {
  const trimmed = text.trim();
  const isNumber = trimmed.length <= longestNumber && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(trimmed);
  const value = isNumber ? Number(trimmed) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new BadQuestion('number_invalid', `"${trimmed.slice(0, 40)}" is not a number`);
}

/** What arithmetic adds to decimals (1.2000000000000002) is not the author's. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

function withoutTitle(text: string): string {
  const trimmed = text.trimStart();
  if (!trimmed.startsWith('::')) return trimmed;
  for (let at = unescaped(trimmed, ':', 2); at !== -1; at = unescaped(trimmed, ':', at + 1)) {
    if (trimmed[at + 1] === ':') return trimmed.slice(at + 2);
  }
  throw malformed('the title is never closed by "::"');
}

/** Text as it is meant: of its own markup or of the question's, escapes undone. */
function shown(given: string, otherwise: Markup, notes: Note[]): string {
  const own = markup.exec(given);
  const format = (own?.[1] ?? otherwise) as Markup;
  const raw = given.slice(own?.[0].length ?? 0).trim();
  // Lines are folded as in HTML; only `\n` breaks a line. Markdown keeps its lines.
  const text = literal(format === 'markdown' ? raw : folded(raw));
  if (format === 'plain' || format === 'markdown') return text;
  const html = htmlText(text);
  if (html.hasMedia) noteOnce(notes, 'media_dropped', 'a picture in the text is left out');
  return html.text;
}

function folded(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join(' ');
}

/** The first of `signs` at or after `from` that no backslash makes text; -1 where there is none. */
function unescaped(text: string, signs: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (signs.includes(text[at] ?? '')) return at;
  }
  return -1;
}

/** What stands before the first unescaped `mark` and after it; null after it where there is no mark. */
function partedAt(text: string, mark: string): [before: string, after: string | null] {
  for (let at = unescaped(text, mark[0] ?? '', 0); at !== -1; at = unescaped(text, mark[0] ?? '', at + 1)) {
    if (text.startsWith(mark, at)) return [text.slice(0, at), text.slice(at + mark.length)];
  }
  return [text, null];
}

function literal(text: string): string {
  return text.replace(/\\([\\:#={}~n])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));
}

function noteOnce(notes: Note[], code: Note['code'], message: string): void {
  if (!notes.some((note) => note.code === code && note.message === message)) notes.push(warning(code, message));
}

function malformed(what: string): BadQuestion {
  return new BadQuestion('row_malformed', `the question cannot be read: ${what}`);
}
