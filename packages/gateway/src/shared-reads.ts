/**
 * One read for all who ask at once, and never an older one: whoever asks is answered by a read that begins afterwards. So
 * a crowd costs one read after the other instead of one each, without a time for which an answer may be out of date.
 */
export function createSharedReads<T>(read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  /** A read that is under way, and the one that follows it, for those who came too late for it. */
  const underWay = new Map<string, { now: Promise<T>; next: Promise<T> | null }>();

  function begin(key: string): Promise<T> {
    const flight: { now: Promise<T>; next: Promise<T> | null } = { now: read(key), next: null };
    underWay.set(key, flight);
    const landed = (): void => {
      if (flight.next === null) underWay.delete(key);
    };
    flight.now.then(landed, landed);
    return flight.now;
  }

  return (key) => {
    const flight = underWay.get(key);
    if (flight === undefined) return begin(key);
    const follow = (): Promise<T> => begin(key);
    flight.next ??= flight.now.then(follow, follow);
    return flight.next;
  };
}
