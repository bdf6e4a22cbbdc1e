/** Who on one node listens to which channel. Messages arrive in a microtask of their own, in the order they were sent. */
import type { ChannelMessage } from './faults.ts';
import type { Link } from './memory-node.ts';

export interface ChannelListener {
  message(text: string): void;
  /** Messages may have been missed. */
  doubt(): void;
}

/** Listens over a link that may fail: where it does, nothing is left listening. */
export async function listenOver(
  link: Link,
  at: { name: string; party_id: string | null; channels: MemoryChannels; channel: string; listener: ChannelListener },
): Promise<() => Promise<void>> {
  let leave: () => Promise<void> = async () => undefined;
  try {
    await link({ name: at.name, party_id: at.party_id }, () => {
      leave = at.channels.listen(at.channel, at.listener);
    });
  } catch (error) {
    await leave();
    throw error;
  }
  return leave;
}

export class MemoryChannels {
  readonly #listeners = new Map<string, Set<ChannelListener>>();

  get size(): number {
    return this.#listeners.size;
  }

  has(channel: string): boolean {
    return this.#listeners.has(channel);
  }

  listen(channel: string, listener: ChannelListener): () => Promise<void> {
    const listeners = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, listeners.add(listener));
    return async () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(channel) === listeners) this.#listeners.delete(channel);
    };
  }

  deliver({ channel, message }: ChannelMessage): void {
    queueMicrotask(() => {
      for (const listener of this.#listeners.get(channel) ?? []) listener.message(message);
    });
  }

  raiseDoubt(): void {
    queueMicrotask(() => {
      for (const listeners of this.#listeners.values()) for (const listener of listeners) listener.doubt();
    });
  }
}
