/**
 * What k6's HTML report holds: every metric second by second, ours too. The page itself draws only those of k6, for scripts
 * that make calls all the time; ours play on sockets. Null where a k6 writes its report otherwise. What the thresholds came
 * to at the end is in the summary alone: the report has them as they were in the middle of the run.
 */
import { gunzipSync } from 'node:zlib';

export interface Series {
  metric: string;
  type: 'counter' | 'gauge' | 'rate' | 'trend';
  /** Ours, not one of k6's own. */
  isCustom: boolean;
  /** Seconds since the first of them, and the aggregates by their name: `p(99)`, `med`, `rate`, … */
  points: { at: number; values: Readonly<Record<string, number>> }[];
}

export interface K6Report {
  series: Series[];
  thresholds: { metric: string; limit: string; held: boolean }[];
}

interface Told {
  param: { aggregates: Record<Series['type'], string[]> };
  metric: Record<string, { type: Series['type']; custom?: boolean }>;
  snapshot: number[][];
}
type Event = { [Name in keyof Told]: { event: Name; data: Told[Name] } }[keyof Told];

/** `html`: k6's web dashboard, exported. `summary`: what `--summary-export` wrote. */
export function readK6Report(html: string, summary: string): K6Report | null {
  const packed = /<script id="data"[^>]*>([^<]+)</.exec(html)?.[1];
  if (packed === undefined) return null;
  try {
    const lines = gunzipSync(Buffer.from(packed.trim(), 'base64')).toString('utf8').split('\n');
    const series = seriesOf(lines.flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as Event])));
    return series === null ? null : { series, thresholds: verdictsOf(JSON.parse(summary) as Summary) };
  } catch {
    return null;
  }
}

/** A snapshot has the aggregates of every metric known by then, in the order of their names. */
function seriesOf(events: Event[]): Series[] | null {
  const known = new Map<string, Series>();
  let [names, aggregates]: [string[], Told['param']['aggregates'] | null] = [[], null];
  let startedAt: number | null = null;
  for (const { event, data } of events) {
    if (event === 'param') aggregates = data.aggregates;
    else if (event === 'metric') {
      for (const [metric, { type, custom = false }] of Object.entries(data))
        known.set(metric, { metric, type, isCustom: custom, points: [] });
      names = [...known.keys()].sort();
    } else if (event === 'snapshot' && aggregates !== null) {
      const now = data[names.indexOf('time')]?.[0];
      if (now === undefined) continue;
      startedAt ??= now;
      for (const [index, name] of names.entries()) {
        const [series, row = []] = [known.get(name), data[index]];
        if (series === undefined || row.length === 0) continue;
        const named = aggregates[series.type].flatMap((aggregate, place) => [[aggregate, row[place] ?? 0] as const]);
        series.points.push({ at: (now - startedAt) / 1_000, values: Object.fromEntries(named) });
      }
    }
  }
  return startedAt === null ? null : [...known.values()];
}

/** In the summary `true` is a limit that was crossed. */
interface Summary {
  metrics: Record<string, { thresholds?: Record<string, boolean> }>;
}

function verdictsOf({ metrics }: Summary): K6Report['thresholds'] {
  return Object.entries(metrics).flatMap(([metric, { thresholds = {} }]) =>
    Object.entries(thresholds).map(([limit, crossed]) => ({ metric, limit, held: !crossed })),
  );
}
