/** What the rows are held to: each target a ratio within the run, or a count, with what came of it. */

export interface Judged {
  row: number;
  what: string;
  /** What was measured, as a number comparable to `limit`. */
  value: number;
  limit: number;
  unit: string;
  met: boolean;
  /** Where it was measured, and what of: sizes differ between the quick run and the whole. */
  at: string;
}

export function atMost(row: number, what: string, value: number, limit: number, unit: string, at: string): Judged {
  return { row, what, value, limit, unit, at, met: value <= limit };
}

export function verdict({ value, limit, met }: Judged): string {
  if (!Number.isFinite(value)) return 'not measured';
  if (met) return 'met';
  return limit === 0 ? `missed by ${shortest(value)}` : `missed by ×${shortest(value / limit)}`;
}

/** As many digits as matter. */
export function shortest(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  return size >= 1_000
    ? Math.round(value).toLocaleString('en')
    : size >= 100
      ? value.toFixed(0)
      : size >= 10
        ? value.toFixed(1)
        : value.toFixed(2);
}
