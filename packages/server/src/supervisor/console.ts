/**
 * What a person sees of a starting and running Partyline: steps with the seconds they took, short lines about what went
 * wrong. On a terminal the running step counts its seconds; elsewhere a line every few seconds says that it goes on.
 */

export interface Console {
  /** Shows `label` with the seconds it takes; then what `done` says of the result. */
  step<T>(label: string, work: () => Promise<T>, done?: (result: T) => string): Promise<T>;
  line(text: string): void;
  /** A line that may come very often: the same `key` is shown once in a while, with how many were left out. */
  often(key: string, text: string): void;
}

export interface ConsoleOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const labelWidth = 22;
const stillGoingMs = 5_000;
const oftenMs = 10_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken out
const controls = /[\u0000-\u001f\u007f-\u009f]+/g;

/** Text from elsewhere must not move the cursor or colour the screen. */
export const plain = (text: string): string => text.replace(controls, ' ').slice(0, 300);

export function createConsole(output: ConsoleOutput, now: () => number = () => performance.now()): Console {
  const shown = new Map<string, { at: number; leftOut: number }>();
  const seconds = (ms: number, digits: number) => `${(ms / 1_000).toFixed(digits)} s`;
  const begin = (label: string) => `  ${label.padEnd(labelWidth)}`;
  const line = (text: string) => void output.write(`${output.isTTY ? '\r\u001b[K' : ''}${text}\n`);

  return {
    line,
    async step(label, work, done = () => '') {
      const startedAt = now();
      const tick = () => {
        const running = `${begin(label)}${seconds(now() - startedAt, 0)}…`;
        if (output.isTTY) output.write(`\r${running}\u001b[K`);
        else line(running);
      };
      const ticking = setInterval(tick, output.isTTY ? 1_000 : stillGoingMs);
      try {
        const result = await work();
        const said = done(result);
        line(`${begin(label)}${seconds(now() - startedAt, 1).padEnd(8)}${said}`.trimEnd());
        return result;
      } catch (error) {
        line(`${begin(label)}${seconds(now() - startedAt, 1).padEnd(8)}failed`);
        throw error;
      } finally {
        clearInterval(ticking);
      }
    },
    often(key, text) {
      const last = shown.get(key);
      if (last !== undefined && now() - last.at < oftenMs) {
        last.leftOut += 1;
        return;
      }
      line(last?.leftOut ? `${text} (and ${last.leftOut} more like it)` : text);
      shown.set(key, { at: now(), leftOut: 0 });
    },
  };
}
