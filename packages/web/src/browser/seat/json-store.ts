/** A browser's storage with values in it instead of texts. One that keeps nothing, or is full, is no fault: nothing is there. */

/** As much of `Storage` as is used. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface JsonStore {
  read<Value>(key: string): Value | null;
  /** null removes. */
  write(key: string, value: unknown): void;
}

export function jsonStore(store: () => Store): JsonStore {
  return {
    read<Value>(key: string) {
      try {
        const text = store().getItem(key);
        return text === null ? null : (JSON.parse(text) as Value);
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        if (value === null) store().removeItem(key);
        else store().setItem(key, JSON.stringify(value));
      } catch {
        // A browser that keeps nothing plays all the same, until it is reloaded.
      }
    },
  };
}
