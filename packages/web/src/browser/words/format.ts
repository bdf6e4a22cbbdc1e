/** How numbers, codes, times and places read. Pure; English. */

/** `123456` → `123 456`: people read codes aloud in threes. The space in it breaks no line. */
export function spacedCode(code: string): string {
  const middle = Math.ceil(code.length / 2);
  return code.length < 6 ? code : `${code.slice(0, middle)}\u00a0${code.slice(middle)}`;
}

/** 1st, 2nd, 3rd, 4th, 11th, 21st … */
export function ordinal(place: number): string {
  const tens = place % 100;
  if (tens >= 11 && tens <= 13) return `${place}th`;
  const ending = ['th', 'st', 'nd', 'rd'][place % 10] ?? 'th';
  return `${place}${ending}`;
}

export function grouped(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 2 });
}

/** A number that was asked for: `1989` may be a year, so only longer ones are grouped, and no decimal is dropped. */
export function quantity(value: number): string {
  return value.toLocaleString('en', { useGrouping: 'min2', maximumFractionDigits: 10 });
}

/** `1 player`, `1,200 players`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** Behind how many are in: `, 2 waiting`; nothing where nobody waits to be let in. */
export function waitingWords(waiting = 0): string {
  return waiting === 0 ? '' : `, ${grouped(waiting)} waiting`;
}

/** Whole seconds until an instant; a started second still counts, so 0 is shown only when time is up. */
export function wholeSeconds(leftMs: number): number {
  return Math.max(0, Math.ceil(leftMs / 1000));
}

/** `9`, `59`, `1:05`. */
export function clockText(seconds: number): string {
  if (seconds < 60) return String(seconds);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `0.4 s`, `12.3 s`. */
export function answerTime(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** The day of an instant of the wire, here: `Nov 26, 2026`. */
export function shortDate(instant: string): string {
  return new Date(instant).toLocaleDateString('en', { year: 'numeric', month: 'short', day: 'numeric' });
}

/** Of one: `0.666` → `67%`; a dash where there is nothing to compare. */
export function percent(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 100)}%`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[], joining: 'and' | 'or' = 'and'): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${joining} ${last}`;
}
