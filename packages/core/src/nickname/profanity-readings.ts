/**
 * The ways in which a nickname can be read by somebody who looks for a word in it. Each reading knows which grapheme
 * each of its code units came from, so that a hit in any of them can be masked in the nickname itself.
 */
import { companyIn, latinShape } from './confusables.ts';
import { foldCase } from './fold-case.ts';

export interface Reading {
  text: string;
  /** The grapheme's index, per UTF-16 unit of the text. */
  owners: readonly number[];
}

export interface Readings {
  /** As typed, without case. */
  plain: Reading;
  /** Latin shapes, digits and signs still as they are. */
  loose: Reading;
  /** The same, with the humps of camelCase apart; null where there are none. */
  humps: Reading | null;
  /** Everything but letters and digits is one space; null where nothing is. */
  spaced: Reading | null;
  /** Signs that look the same as one: 1, | and an I among small letters are l, 0 is o. A dotted i stays. */
  skeleton: Reading;
}

export function readingsOf(signs: readonly string[]): Readings {
  const company = companyIn(signs.join(''));
  const shapes = signs.map((sign) => latinShape(sign, company));
  const startsHump = signs.map((_, index) => isHump(signs, index));
  const separates = shapes.map((shape) => !/[\p{L}\p{N}]/u.test(shape));
  return {
    plain: read(signs.map(foldCase)),
    loose: read(shapes),
    humps: startsHump.includes(true)
      ? read(shapes.map((shape, index) => (startsHump[index] ? ` ${shape}` : shape)))
      : null,
    spaced: separates.includes(true)
      ? read(shapes.map((shape, index) => (separates[index] ? (separates[index - 1] ? '' : ' ') : shape)))
      : null,
    skeleton: read(shapes.map((shape, index) => (isStroke(signs, index) ? 'l' : shape.replaceAll('0', 'o')))),
  };
}

/** The graphemes a stretch of a reading came from, both ends included. */
export function graphemeSpan({ owners }: Reading, start: number, end: number): { first: number; last: number } {
  return { first: owners[start] ?? 0, last: owners[end - 1] ?? 0 };
}

function read(forms: readonly string[]): Reading {
  const owners: number[] = [];
  for (const [index, form] of forms.entries()) {
    for (let unit = 0; unit < form.length; unit += 1) owners.push(index);
  }
  return { text: forms.join(''), owners };
}

/** xXDickXx: a capital after a small letter, and the last of several capitals before a small one. */
function isHump(signs: readonly string[], index: number): boolean {
  const [before = '', here = '', after = ''] = [signs[index - 1], signs[index], signs[index + 1]];
  return isCapital(here) && (isSmall(before) || (isCapital(before) && isSmall(after)));
}

/** The 1 of Ana1 is a number, and the I of ANAIS an i. */
function isStroke(signs: readonly string[], index: number): boolean {
  const [before = '', here = '', after = ''] = [signs[index - 1], signs[index], signs[index + 1]];
  return here === '1' ? /^[\p{L}\p{N}]/u.test(after) : /^[IІΙӀ]$/u.test(here) && isSmall(before);
}

function isCapital(sign: string): boolean {
  return /^\p{Lu}/u.test(sign);
}

function isSmall(sign: string): boolean {
  return /^\p{Ll}/u.test(sign);
}
