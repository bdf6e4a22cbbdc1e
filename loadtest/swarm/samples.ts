/** Latencies as they are measured, and what a table says of them. Milliseconds throughout. */

export interface Summary {
  count: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** Grows as needed; adding one allocates nothing most of the time, so that measuring does not disturb. */
export class Samples {
  #values = new Float64Array(1_024);
  #count = 0;

  add(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count] = value;
    this.#count += 1;
  }

  /** All that were added since the last taking. */
  take(): Float64Array {
    const taken = this.#values.slice(0, this.#count);
    this.#count = 0;
    return taken;
  }
}

export function summary(...parts: Float64Array[]): Summary {
  const all = joined(parts).sort();
  const at = (q: number): number => all[Math.min(all.length - 1, Math.ceil(q * all.length) - 1)] ?? Number.NaN;
  return { count: all.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: all.at(-1) ?? Number.NaN };
}

function joined(parts: Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let from = 0;
  for (const part of parts) {
    all.set(part, from);
    from += part.length;
  }
  return all;
}
