/**
 * The form in which a nickname is shown and stored: what was typed, without what cannot be seen and without what could
 * spoil somebody else's screen. Judges characters only; meaning, names and uniqueness are judged elsewhere.
 */
import { compatibleForm } from './compatible-form.ts';
import { nicknameLength } from './graphemes.ts';
import { stripInvisible } from './invisible.ts';
import {
  type NicknameBounds,
  type NicknameRefusal,
  type RefusedNickname,
  refusedNickname,
} from './nickname-refusal.ts';
import { hasStackedMarks } from './stacked-marks.ts';

/** UTF-16 units. Twenty of the longest emoji are 300; beyond this nothing is looked at, so that work stays bounded. */
const RAW_LIMIT = 512;

/** Looked for in what was typed, before anything is taken out. */
const unwelcome: readonly [NicknameRefusal, RegExp][] = [
  ['bidi_control', /\p{Bidi_Control}/u],
  // Lone surrogates, private use, unassigned; the replacement characters of text broken earlier.
  ['unreadable_character', /\p{Cs}|\p{Co}|(?!\p{Default_Ignorable_Code_Point})\p{Cn}|[\uFFFC\uFFFD]/u],
  ['control_character', /(?!\p{White_Space})\p{Cc}|(?!\p{Default_Ignorable_Code_Point})\p{Cf}/u],
];

/** Tabs and line breaks are what a paste brings along, so they count as spaces; so does the blank Braille pattern. */
const spaces = /[\p{White_Space}\u2800]+/gu;

/** 't Hooft and keycap emoji do begin with one. Symbols may lead (★, =): formulas are the care of the export. */
const leadingPunctuation = /^(?!['\u2019]\p{L}|[#*]\uFE0F)\p{P}/u;

export function cleanNickname(raw: string, bounds: NicknameBounds): { ok: true; nickname: string } | RefusedNickname {
  if (raw.length > RAW_LIMIT) return refusedNickname('too_long', bounds);
  for (const [reason, pattern] of unwelcome) {
    if (pattern.test(raw)) return refusedNickname(reason, bounds);
  }
  const nickname = compatibleForm(stripInvisible(raw)).replace(spaces, ' ').trim();
  const reason = faultOf(nickname, bounds);
  return reason === null ? { ok: true, nickname } : refusedNickname(reason, bounds);
}

function faultOf(nickname: string, { min, max }: NicknameBounds): NicknameRefusal | null {
  if (nickname === '') return 'empty';
  if (hasStackedMarks(nickname)) return 'stacked_marks';
  const length = nicknameLength(nickname);
  if (length < min) return 'too_short';
  if (length > max) return 'too_long';
  return leadingPunctuation.test(nickname) ? 'leading_punctuation' : null;
}
