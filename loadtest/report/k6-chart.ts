/** One run of a k6 script as a picture: its thresholds, and what they are about over time. Pure. */
import { xmlText } from '../../packages/formats/src/xml-text.ts';
import type { K6Report, Series } from './k6-report.ts';

const [width, left, right] = [860, 70, 20];
const [panelHeight, rowHeight] = [110, 18];
const colours = {
  high: '#d1495b',
  middle: '#3454d1',
  bars: '#a9b4cc',
  held: '#2a9d5c',
  grid: '#dfe4ee',
  text: '#1c2333',
};
/** Points further apart are not joined: nothing was measured between them. */
const gapSeconds = 1.6;
/** Of k6's own, what tells how much went on. */
const traffic = ['ws_msgs_received', 'ws_msgs_sent', 'http_reqs'];

interface Panel {
  title: string;
  lines: { label: string; colour: string; points: { at: number; value: number }[] }[];
  drawn: 'lines' | 'bars';
  limit: number | null;
}

export function k6Chart(script: string, { series, thresholds }: K6Report): string {
  const seconds = Math.max(1, ...series.flatMap(({ points }) => points.map(({ at }) => at)));
  const parts: string[] = [];
  const text = (x: number, y: number, content: string, more = ''): void =>
    void parts.push(`<text x="${x}" y="${y}" ${more}>${xmlText(content)}</text>`);
  let y = 30;
  text(12, y, `make loadtest SCRIPT=${script}`, 'font-weight="600" font-size="15"');
  for (const { metric, limit, held } of thresholds) {
    y += rowHeight;
    text(12, y, `${held ? '✓' : '✗'} ${metric} ${limit}`, `fill="${held ? colours.held : colours.high}"`);
  }
  for (const panel of panelsOf(series, thresholds)) {
    y += 34;
    text(12, y, panel.title, 'font-weight="600"');
    panel.lines.forEach(({ label, colour }, index) => {
      text(width - right - 60 * (panel.lines.length - index) + 60, y, label, `text-anchor="end" fill="${colour}"`);
    });
    y += 14;
    draw(panel, y);
    y += panelHeight + 16;
  }
  const height = y + 16;

  function draw({ lines, drawn, limit }: Panel, top: number): void {
    const most = Math.max(...lines.flatMap(({ points }) => points.map(({ value }) => value)), 1);
    // A limit that is far away would press everything else to the ground.
    const ceiling = limit !== null && limit <= 3 * most ? Math.max(limit, most) : most;
    const x = (at: number): number => left + (at / seconds) * (width - left - right);
    const level = (value: number): number => top + panelHeight * (1 - value / ceiling);
    for (const share of [0, 0.5, 1]) {
      const at = level(ceiling * share);
      parts.push(`<path d="M${left} ${at}H${width - right}" stroke="${colours.grid}"/>`);
      text(left - 8, at + 4, shown(ceiling * share), 'text-anchor="end"');
    }
    for (const share of [0, 0.25, 0.5, 0.75, 1])
      text(x(seconds * share), top + panelHeight + 14, `${Math.round(seconds * share)} s`, 'text-anchor="middle"');
    if (limit !== null && limit <= ceiling)
      parts.push(
        `<path d="M${left} ${level(limit)}H${width - right}" stroke="${colours.high}" stroke-dasharray="6 4"/>`,
      );
    for (const { points, colour } of lines) {
      let path = '';
      points.forEach(({ at, value }, index) => {
        const before = points[index - 1];
        const isJoined = before !== undefined && at - before.at < gapSeconds;
        const [px, py] = [x(at).toFixed(1), level(value).toFixed(1)];
        if (drawn === 'bars') parts.push(`<path d="M${px} ${level(0)}V${py}" stroke="${colour}" stroke-width="4"/>`);
        else parts.push(`<circle cx="${px}" cy="${py}" r="2.5" fill="${colour}"/>`);
        path += `${isJoined ? 'L' : 'M'}${px} ${py}`;
      });
      if (drawn === 'lines') parts.push(`<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.5"/>`);
    }
  }

  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="${colours.text}">` +
    `<title>Partyline: ${xmlText(script)} under k6</title><rect width="${width}" height="${height}" fill="#fff"/>${parts.join('')}</svg>\n`
  );
}

/** Times that a script measures itself or is judged by, then how much went on. */
function panelsOf(series: Series[], thresholds: K6Report['thresholds']): Panel[] {
  // A threshold may be about calls of one name only.
  const whole = (metric: string): string => metric.split('{')[0] ?? metric;
  const judged = new Set(thresholds.map(({ metric }) => whole(metric)));
  const filled = series.filter(({ points }) => points.length > 0);
  const times = filled.filter(({ type, isCustom, metric }) => type === 'trend' && (isCustom || judged.has(metric)));
  const panels = times.map(({ metric, points }): Panel => {
    const of = (aggregate: string) => points.map(({ at, values }) => ({ at, value: values[aggregate] ?? 0 }));
    const limits = thresholds.flatMap((one) =>
      whole(one.metric) === metric ? [Number(/<=?\s*(\d+)/.exec(one.limit)?.[1])] : [],
    );
    return {
      title: `${metric}, ms`,
      lines: [
        { label: 'p99', colour: colours.high, points: of('p(99)') },
        { label: 'median', colour: colours.middle, points: of('med') },
      ],
      drawn: 'lines',
      limit: limits.find(Number.isFinite) ?? null,
    };
  });
  const flows = filled.filter(({ metric }) => traffic.includes(metric));
  return [
    ...panels,
    ...flows.map(({ metric, points }): Panel => {
      const each = points.map(({ at, values }) => ({ at, value: values.rate ?? 0 }));
      return {
        title: `${metric}, a second`,
        lines: [{ label: '', colour: colours.bars, points: each }],
        drawn: 'bars',
        limit: null,
      };
    }),
  ];
}

const shown = (value: number): string => (value >= 10 ? Math.round(value).toLocaleString('en') : value.toFixed(1));
