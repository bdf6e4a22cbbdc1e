/** The results as one picture: bars of CPU per message and per player-round, and every target as a share of its limit. */
import { xmlText } from '../../packages/formats/src/xml-text.ts';
import type { Judged } from './targets.ts';
import { shortest, verdict } from './targets.ts';

export interface Bars {
  title: string;
  unit: string;
  bars: { label: string; value: number; isOurs: boolean }[];
}

const width = 860;
const labelWidth = 330;
const barHeight = 18;
const colours = { ours: '#3454d1', others: '#a9b4cc', met: '#2a9d5c', missed: '#d1495b', text: '#1c2333' };

export function chart(groups: Bars[], judged: Judged[]): string {
  const parts: string[] = [];
  let y = 34;
  const text = (x: number, at: number, content: string, more = ''): void =>
    void parts.push(`<text x="${x}" y="${at}" ${more}>${xmlText(content)}</text>`);
  const bar = (label: string, share: number, value: string, colour: string): void => {
    const length = Math.max(1, Math.min(1, share) * (width - labelWidth - 190));
    text(labelWidth - 8, y + 13, label, 'text-anchor="end"');
    parts.push(
      `<rect x="${labelWidth}" y="${y}" width="${length.toFixed(1)}" height="${barHeight - 4}" rx="2" fill="${colour}"/>`,
    );
    text(labelWidth + length + 6, y + 12, value);
    y += barHeight;
  };
  for (const { title, unit, bars } of groups) {
    text(12, y, title, 'font-weight="600" font-size="14"');
    y += 10;
    const most = Math.max(...bars.map(({ value }) => value));
    for (const { label, value, isOurs } of bars)
      bar(label, value / most, `${shortest(value)} ${unit}`, isOurs ? colours.ours : colours.others);
    y += 26;
  }
  text(12, y, 'Targets: the bar is the share of the limit that is used up', 'font-weight="600" font-size="14"');
  y += 10;
  for (const target of judged) {
    if (!Number.isFinite(target.value)) continue;
    const share = target.limit === 0 ? Number(!target.met) : target.value / target.limit;
    const said = `${shortest(target.value)} of ${shortest(target.limit)} ${target.unit}: ${verdict(target)}`;
    bar(target.what, share, said, target.met ? colours.met : colours.missed);
  }
  const height = y + 16;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="${colours.text}">` +
    `<title>Partyline: what make bench measured</title><rect width="${width}" height="${height}" fill="#fff"/>${parts.join('')}</svg>\n`
  );
}
