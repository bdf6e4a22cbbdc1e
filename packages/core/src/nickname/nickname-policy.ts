/**
 * From what somebody typed to the nickname they play under, or to a refusal in words for people. Decides by the party's
 * policy; whether the nickname or the roster line is taken already is decided where players are admitted.
 */
import type { NicknamePolicy, RosterEntry } from '../settings.ts';
import { cleanNickname } from './clean-nickname.ts';
import { generateNickname } from './generate-nickname.ts';
import { lookalikeKey } from './lookalike-key.ts';
import { type RefusedNickname, refusedNickname } from './nickname-refusal.ts';
import { capitalisedName, isLetters, isRealName } from './person-name.ts';
import { hasProfanity, maskProfanity, type ProfanityOptions } from './profanity.ts';
import { placeOnRoster, type RosterPlace } from './roster.ts';

export interface NicknameContext {
  roster: readonly RosterEntry[] | null;
  player_ref?: string;
  /** In [0, 1). */
  random: () => number;
  /** For generated names: how often the last one was taken. */
  attempt?: number;
}

export interface AcceptedNickname {
  ok: true;
  nickname: string;
  /** Lookalike key, where nicknames have to be unique. */
  key: string | null;
  /** The roster line this player stands on; null where there is no roster. */
  roster_key: string | null;
  /** What the host knows this player by. Where there is a roster only its own references count: others prove nothing. */
  player_ref: string | null;
  extra_time_percent: number;
}

export type NicknameDecision = AcceptedNickname | RefusedNickname;

type Named = { ok: true; nickname: string } | RefusedNickname;

export function applyNicknamePolicy(
  raw: string | undefined,
  policy: NicknamePolicy,
  context: NicknameContext,
): NicknameDecision {
  const place = placeFor(raw, policy, context);
  if (place?.found === 'none') return refusedNickname('not_on_roster', policy);
  if (place?.found === 'several') return refusedNickname('roster_ref_needed', policy);

  const listed = place?.name ?? null;
  const named = nameBy(policy, context, { typed: raw, listed });
  if (!named.ok) return named;
  // Two pupils of one name, or of similar ones, stand on lines of their own: the line keeps them apart, and nobody else
  // on the list may play under their names.
  const isLine = listed !== null && (policy.mode === 'roster' || (policy.mode !== 'generated' && place?.is_own_name));
  if (place?.is_name_of_another && policy.unique && !isLine && policy.mode !== 'generated') {
    return refusedNickname('name_of_another', policy);
  }
  return {
    ok: true,
    nickname: named.nickname,
    key: policy.unique && !isLine ? lookalikeKey(named.nickname) : null,
    roster_key: place?.roster_key ?? null,
    player_ref: place === null ? context.player_ref?.trim() || null : place.ref,
    extra_time_percent: place?.extra_time_percent ?? 0,
  };
}

/** A roster binds in every mode; the mode `roster` without one admits nobody. */
function placeFor(
  raw: string | undefined,
  policy: NicknamePolicy,
  { roster, player_ref }: NicknameContext,
): RosterPlace | null {
  if (roster === null && policy.mode !== 'roster') return null;
  return placeOnRoster(roster ?? [], { name: raw, ref: player_ref });
}

function nameBy(
  policy: NicknamePolicy,
  context: NicknameContext,
  { typed, listed }: { typed: string | undefined; listed: string | null },
): Named {
  switch (policy.mode) {
    case 'generated': {
      const { theme, max } = policy;
      const { random, attempt = 0 } = context;
      return { ok: true, nickname: generateNickname(random, { max, attempt, ...(theme ? { theme } : {}) }) };
    }
    case 'roster':
      return listed === null ? typedName(typed ?? '', policy) : { ok: true, nickname: listed };
    case 'free':
    case 'letters':
    case 'real_name':
      return typedName(typed ?? listed ?? '', policy);
  }
}

function typedName(typed: string, policy: NicknamePolicy): Named {
  const cleaned = cleanNickname(typed, policy);
  if (!cleaned.ok) return cleaned;
  if (policy.mode === 'letters' && !isLetters(cleaned.nickname)) return refusedNickname('letters_only', policy);
  if (policy.mode === 'real_name' && !isRealName(cleaned.nickname)) return refusedNickname('real_name_needed', policy);

  const nickname = policy.mode === 'real_name' ? capitalisedName(cleaned.nickname) : cleaned.nickname;
  const expects = policy.mode === 'real_name' ? 'real_names' : 'nicknames';
  return filtered(nickname, policy, { extra_words: policy.blocked_words ?? [], expects });
}

function filtered(nickname: string, policy: NicknamePolicy, options: ProfanityOptions): Named {
  switch (policy.profanity) {
    case 'off':
      return { ok: true, nickname };
    case 'mask':
      return { ok: true, nickname: maskProfanity(nickname, options) };
    case 'refuse':
      return hasProfanity(nickname, options) ? refusedNickname('profanity', policy) : { ok: true, nickname };
  }
}
