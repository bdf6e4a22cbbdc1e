/** Who on one node listens to which channel. Messages arrive in a microtask of their own, in the order they were sent. */
import type { ChannelMessage } from './faults.ts';

export interface ChannelListener {
  message(text: string): void;
  /** Messages may have been missed. */
  doubt(): void;
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
