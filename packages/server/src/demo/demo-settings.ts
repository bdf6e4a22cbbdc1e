/** What the variables of `make demo` ask for, judged before anything is started for it. */
import { ConfigError } from '../config.ts';

export interface DemoSettings {
  rounds: number;
  category: string;
  /** Seconds each question stays open. */
  timeout: number;
}

/** As the API has them: it would refuse the rest, but only once a whole Partyline has been brought up. */
const limits = { ROUNDS: [1, 100], SECONDS: [5, 300] } as const;

/** Throws a ConfigError naming every variable that is wrong, and what it may be. */
export function readDemoSettings(given: Readonly<Record<string, string | undefined>>): DemoSettings {
  const problems: string[] = [];
  function whole(name: keyof typeof limits, usual: number): number {
    const text = given[name]?.trim() || String(usual);
    const [least, most] = limits[name];
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    problems.push(
      `${name} is ${JSON.stringify(text.slice(0, 100))}: it must be a whole number from ${least} to ${most}.`,
    );
    return usual;
  }
  const settings = {
    rounds: whole('ROUNDS', 5),
    category: given.CATEGORY?.trim() || 'Science',
    timeout: whole('SECONDS', 10),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return settings;
}
