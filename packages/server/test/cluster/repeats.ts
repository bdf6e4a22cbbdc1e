/** How often a fault is repeated: a few times on every run, the full count of the reliability targets by `make test-fault`. */

export function repeats(full: number, few: number): number {
  return process.env.FAULT_REPEATS === 'full' ? full : few;
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Looks again until `is` holds; throws with `what` after the limit. Returns how long it took, ms. */
export async function eventually(
  what: string,
  limit_ms: number,
  is: () => boolean | Promise<boolean>,
): Promise<number> {
  const startedAt = performance.now();
  while (!(await is())) {
    if (performance.now() - startedAt > limit_ms) throw new Error(`${what}: not within ${limit_ms} ms`);
    await sleep(10);
  }
  return performance.now() - startedAt;
}
