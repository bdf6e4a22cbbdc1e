/** What settings cannot hold at once, or would let nobody in. The form was judged on the wire already. */
import { generatedNicknameBounds } from './nickname/generate-nickname.ts';
import { rosterFault } from './nickname/roster.ts';
import type { NicknamePolicy, Settings, TeamSettings } from './settings.ts';
import { visibleText } from './visible-text.ts';

/** In words for the host, naming the setting; null where the settings make sense. */
export function settingsFault({ nickname_policy, roster, passcode, teams }: Settings): string | null {
  if (nickname_policy.mode === 'roster' && roster === null) return '`nickname_policy.mode: roster` needs a `roster`';
  if (passcode !== null && visibleText(passcode) === '') return '`passcode` is blank';
  const ofRoster = roster === null ? null : rosterFault(roster);
  if (ofRoster !== null) return `\`roster\`: ${ofRoster}`;
  return policyFault(nickname_policy) ?? teamsFault(teams);
}

function policyFault({ mode, min, max, theme, profanity, blocked_words }: NicknamePolicy): string | null {
  if (min > max) return '`nickname_policy.min` is above `nickname_policy.max`';
  if (profanity === 'off' && blocked_words !== undefined)
    return '`nickname_policy.blocked_words` needs `profanity: mask` or `refuse`';
  if (mode !== 'generated') return theme === undefined ? null : '`nickname_policy.theme` needs `mode: generated`';
  const { greatest_min, least_max } = generatedNicknameBounds;
  if (max < least_max) return `\`nickname_policy.max\` of made-up names must be ${least_max} or more`;
  return min > greatest_min ? `\`nickname_policy.min\` of made-up names must be ${greatest_min} or less` : null;
}

function teamsFault(teams: TeamSettings | null): string | null {
  const names = (teams?.names ?? []).map((name) => visibleText(name).toLowerCase());
  if (names.includes('')) return '`teams.names`: one of them is blank';
  return new Set(names).size < names.length ? '`teams.names`: two of them read the same' : null;
}
