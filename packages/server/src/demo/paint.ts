/** A party as lines of a terminal: colours where it has them, bars, and names of one width. */
import { stripVTControlCharacters, styleText } from 'node:util';
import type { LeaderboardLine, ShownChoice } from '@partyline/protocol';

const nameWidth = 12;
const barWidth = 28;
const shapes = ['▲', '◆', '●', '■', '★', '✚', '⬟', '♥'];
const colours = ['red', 'blue', 'yellow', 'green', 'magenta', 'cyan', 'white', 'gray'] as const;
const medals = ['🥇', '🥈', '🥉'];

export function heading(text: string): string {
  return `\n${styleText(['bold', 'cyan'], text)}`;
}

export function faint(text: string): string {
  return styleText('dim', text);
}

export function choiceLine({ text }: ShownChoice, place: number): string {
  return `   ${styleText(colours[place % colours.length] ?? 'white', shapes[place % shapes.length] ?? '•')} ${text}`;
}

export function verdict(isRight: boolean | null): string {
  if (isRight === null) return styleText('yellow', '●');
  return isRight ? styleText('green', '✓') : styleText('red', '✗');
}

export function name(text: string): string {
  const short = [...stripVTControlCharacters(text)].slice(0, nameWidth).join('');
  return short.padEnd(nameWidth);
}

export function scoreLine(line: LeaderboardLine, best: number): string {
  const filled = best === 0 ? 0 : Math.round((line.score / best) * barWidth);
  const bar = styleText('cyan', '█'.repeat(filled)) + faint('░'.repeat(barWidth - filled));
  return `   ${String(line.rank).padStart(2)}. ${name(line.nickname)} ${bar} ${String(line.score).padStart(6)}`;
}

export function podiumLine(line: LeaderboardLine): string {
  return `   ${medals[line.rank - 1] ?? '  '} ${styleText('bold', name(line.nickname))} ${line.score} points, ${line.correct} of ${line.answered} right`;
}

export function countLine(label: string, count: number, of: number): string {
  const filled = of === 0 ? 0 : Math.round((count / of) * barWidth);
  return `   ${name(label)} ${'█'.repeat(filled)} ${count}`;
}
