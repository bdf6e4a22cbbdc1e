/** Finds the line of a roster on which somebody stands, by name or by reference. Does not know who has joined yet. */
import type { RosterEntry } from '../settings.ts';
import { cleanNickname } from './clean-nickname.ts';
import { foldCase } from './fold-case.ts';

export type RosterPlace =
  | {
      found: 'line';
      /** One per line that can be told from the others; stable while the roster is edited. */
      roster_key: string;
      /** The line's own name, fit for showing; null where the line has only a reference. */
      name: string | null;
      /** The line's reference; null where it has none. */
      ref: string | null;
      /** Nothing was typed, or the line's own name: somebody who plays under it is known by the line. */
      is_own_name: boolean;
      /** What was typed is the name of another line. */
      is_name_of_another: boolean;
      extra_time_percent: number;
    }
  | { found: 'none' }
  | { found: 'several' };

/** Listed names are the host's words: longer ones than a player may type are fine. */
const LISTED_NAME_BOUNDS = { min: 1, max: 64 };

/**
 * A reference wins over a name. A wrong reference is not saved by a right name where that name's line has a reference
 * of its own. One name on several lines with references: `several`.
 */
export function placeOnRoster(
  roster: readonly RosterEntry[],
  { name, ref }: { name?: string | undefined; ref?: string | undefined },
): RosterPlace {
  const wantedRef = ref?.trim() ?? '';
  const byRef = wantedRef === '' ? undefined : roster.find((line) => refOf(line) === wantedRef);
  const wanted = listedForm(name ?? '');
  if (byRef !== undefined) {
    const is_own_name = wanted === '' || isNamed(byRef, wanted);
    const is_name_of_another = !is_own_name && roster.some((line) => isNamed(line, wanted));
    return { ...placeOf(byRef), is_own_name, is_name_of_another };
  }
  if (wanted === '') return { found: 'none' };
  const named = roster.filter((line) => isNamed(line, wanted));
  const open = wantedRef === '' ? named : named.filter((line) => refOf(line) === '');
  const [first, ...others] = open;
  if (first === undefined) return { found: 'none' };
  return others.some((line) => rosterKey(line) !== rosterKey(first)) ? { found: 'several' } : placeOf(first);
}

/** Why somebody on this roster could never join; null where everybody can. Lines count from 1. */
export function rosterFault(roster: readonly RosterEntry[]): string | null {
  if (roster.length === 0) return 'nobody is on it: leave it out to let everybody in';
  const lines = roster.map((line, index) => ({
    place: index + 1,
    ref: refOf(line),
    name: listedForm(line.name ?? ''),
  }));
  const byRef = new Map(lines.toReversed().map(({ ref, place }) => [ref, place]));
  const named = Map.groupBy(lines, ({ name }) => name);
  for (const { place, ref, name } of lines) {
    if (ref === '' && name === '') return `entry ${place} has neither a name nor a reference`;
    if (ref !== '' && byRef.get(ref) !== place) return `entry ${place} has the reference of entry ${byRef.get(ref)}`;
    const namesake = named.get(name)?.find((other) => other.place !== place);
    if (ref === '' && namesake !== undefined) {
      return `entry ${Math.max(place, namesake.place)} has the name of entry ${Math.min(place, namesake.place)}: give each of them a \`ref\` of its own`;
    }
  }
  return null;
}

/** Lines with equal keys are one line: `rosterFault` refuses them. */
export function rosterKey(line: RosterEntry): string {
  return refOf(line) === '' ? `name:${listedForm(line.name ?? '')}` : `ref:${refOf(line)}`;
}

function placeOf(line: RosterEntry): Extract<RosterPlace, { found: 'line' }> {
  const cleaned = line.name === undefined ? null : cleanNickname(line.name, LISTED_NAME_BOUNDS);
  return {
    found: 'line',
    roster_key: rosterKey(line),
    name: cleaned?.ok ? cleaned.nickname : null,
    ref: refOf(line) || null,
    is_own_name: true,
    is_name_of_another: false,
    extra_time_percent: line.extra_time_percent ?? 0,
  };
}

function isNamed({ name }: RosterEntry, wanted: string): boolean {
  return name !== undefined && listedForm(name) === wanted;
}

function refOf(line: RosterEntry): string {
  return line.ref?.trim() ?? '';
}

/** Equal but for case, width, spaces and the kind of apostrophe and hyphen. Accents count: Jose is not José. */
function listedForm(name: string): string {
  // Most names, and each join reads the whole roster.
  if (/^[a-z]+(?: [a-z]+)*$/i.test(name)) return name.toLowerCase();
  return foldCase(name.normalize('NFKC'))
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/[\u2018\u2019\u02BC`\u00B4]/g, "'")
    .replace(/\p{Pd}/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim();
}
