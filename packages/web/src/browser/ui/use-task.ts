/** One thing at a time that may fail: whether it runs, and what to do about its failure. */
import { useState } from 'preact/hooks';
import { problemOf } from '../party-client.ts';
import { adviceOn } from '../words/advice.ts';

export interface Task {
  isBusy: boolean;
  fault: string | null;
  run: (work: () => Promise<void>) => void;
}

export function useTask(): Task {
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);

  async function run(work: () => Promise<void>): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setFault(null);
    await work().catch((error: unknown) => setFault(adviceOn(problemOf(error))));
    setBusy(false);
  }

  return { isBusy, fault, run: (work) => void run(work) };
}
