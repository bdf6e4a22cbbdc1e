/** Why a nickname is not taken, and how that is said to the person who typed it. */

export type NicknameRefusal =
  | 'empty'
  | 'too_short'
  | 'too_long'
  | 'control_character'
  | 'bidi_control'
  | 'unreadable_character'
  | 'stacked_marks'
  | 'leading_punctuation'
  | 'letters_only'
  | 'real_name_needed'
  | 'profanity'
  | 'not_on_roster'
  | 'roster_ref_needed'
  | 'name_of_another';

/** Bounds in graphemes. */
export interface NicknameBounds {
  min: number;
  max: number;
}

export interface RefusedNickname {
  ok: false;
  reason: NicknameRefusal;
  /** For people; it never repeats what was typed. */
  detail: string;
}

const details: Record<NicknameRefusal, (bounds: NicknameBounds) => string> = {
  empty: () => 'A name is needed here: type one.',
  too_short: ({ min }) => `Choose a nickname of at least ${min} characters.`,
  too_long: ({ max }) => `Choose a nickname of at most ${max} characters.`,
  control_character: () => 'This nickname contains a control character. Type it again by hand.',
  bidi_control: () =>
    'This nickname contains a hidden character that turns the writing direction. Type it again by hand.',
  unreadable_character: () => 'This nickname contains a character that other screens cannot show.',
  stacked_marks: () => 'This nickname has too many accents on one letter.',
  leading_punctuation: () => 'Start the nickname with a letter, a digit or an emoji, not with punctuation.',
  letters_only: () => 'Use letters, spaces, apostrophes and hyphens only.',
  real_name_needed: () => 'Type your first and last name.',
  profanity: () => 'This nickname is not welcome here. Choose another one.',
  not_on_roster: () => 'You are not on the list for this game. Type your name or reference as your host has it.',
  roster_ref_needed: () => 'Several people on the list have this name. Type your reference as well.',
  name_of_another: () => 'Somebody else on the list has this name. Choose another one.',
};

export function refusedNickname(reason: NicknameRefusal, bounds: NicknameBounds): RefusedNickname {
  return { ok: false, reason, detail: details[reason](bounds) };
}
