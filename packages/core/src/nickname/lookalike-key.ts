/**
 * One key for all nicknames that look alike, for uniqueness only: never shown, never a test of identity. It errs
 * towards "taken": i, l, I, 1 and | are one stroke, so Elia has to add a letter where an Ella is in; otherwise anybody
 * could play Ella as EIIa.
 */
import { companyIn, latinShape } from './confusables.ts';
import { foldCase } from './fold-case.ts';

const strokes = /[i1|]/g;
const dashes = /[\p{Pd}\u2212]/gu;
const apostrophes = /[`\u00B4\u02B9-\u02BD\u02C8\u2018\u2019\u201B\u2032\u055A\u05F3]/gu;
const dots = /[\u2022\u2027\u2219\u30FB]/gu;
/** Specks at an edge that are easily overlooked. */
const edges = /^[\s.,'_·-]+|[\s.,'_·-]+$/gu;

export function lookalikeKey(nickname: string): string {
  const key = latinShape(nickname, companyIn(nickname))
    .replace(strokes, 'l')
    .replaceAll('0', 'o')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replace(dashes, '-')
    .replace(apostrophes, "'")
    .replace(dots, '·')
    .replace(/\s+/gu, ' ')
    .replace(edges, '');
  return key === '' ? foldCase(nickname) : key;
}
