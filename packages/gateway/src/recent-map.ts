/**
 * A map of what was used lately, of bounded size. Two halves, of which the older is dropped whole: taking the oldest entry
 * out of one large Map costs 100 µs each time, since it is looked for behind all that were taken out before.
 */
export interface RecentMap<Value> {
  get(key: string): Value | undefined;
  /** At most `size` entries stay; the `size / 2` used last always do. */
  set(key: string, value: Value): void;
}

export function createRecentMap<Value>(size: number): RecentMap<Value> {
  let recent = new Map<string, Value>();
  let older = new Map<string, Value>();
  return {
    get: (key) => recent.get(key) ?? older.get(key),
    set(key, value) {
      recent.set(key, value);
      if (recent.size < size / 2) return;
      older = recent;
      recent = new Map();
    },
  };
}
