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
  if (byRef !== undefined) return placeOf(byRef);

  const wanted = listedForm(name ?? '');
  if (wanted === '') return { found: 'none' };
  const named = roster.filter((line) => line.name !== undefined && listedForm(line.name) === wanted);
  const open = wantedRef === '' ? named : named.filter((line) => refOf(line) === '');
  const [first, ...others] = open;
  if (first === undefined) return { found: 'none' };
  return others.some((line) => rosterKey(line) !== rosterKey(first)) ? { found: 'several' } : placeOf(first);
}

/** Lines with equal keys are one line: whoever makes a roster should refuse them. */
export function rosterKey(line: RosterEntry): string {
  return refOf(line) === '' ? `name:${listedForm(line.name ?? '')}` : `ref:${refOf(line)}`;
}

function placeOf(line: RosterEntry): RosterPlace {
  const cleaned = line.name === undefined ? null : cleanNickname(line.name, LISTED_NAME_BOUNDS);
  return {
    found: 'line',
    roster_key: rosterKey(line),
    name: cleaned?.ok ? cleaned.nickname : null,
    extra_time_percent: line.extra_time_percent ?? 0,
  };
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
