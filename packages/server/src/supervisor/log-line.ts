/** What of a node's log is worth a line on the console: warnings and worse, short. The whole of it is in the file. */
import { type Console, plain } from './console.ts';

const shownLevels = ['warn', 'error', 'fatal'];

export function showLogLine(name: string, line: string, console: Console): void {
  const entry = parsed(line);
  if (entry === null || !shownLevels.includes(entry.level)) return;
  const why = typeof entry.err?.message === 'string' ? `: ${entry.err.message}` : '';
  console.often(`${name} ${entry.level} ${entry.msg}`, plain(`${name} ${entry.level}: ${entry.msg}${why}`));
}

interface Entry {
  level: string;
  msg: string;
  err?: { message?: unknown };
}

function parsed(line: string): Entry | null {
  if (!line.startsWith('{')) return null;
  try {
    const entry: unknown = JSON.parse(line);
    const isEntry = typeof entry === 'object' && entry !== null && 'level' in entry && 'msg' in entry;
    return isEntry ? (entry as Entry) : null;
  } catch {
    return null;
  }
}
