/**
 * Who listens to which channel over one subscriber connection. A channel is subscribed with its first listener and left
 * with its last. After a broken connection every channel is subscribed again, and only then is doubt raised: what a
 * listener reads from then on cannot miss a message.
 */
import type { Redis } from 'ioredis';
import { asStoreError } from './errors.ts';

export interface Listener {
  message(text: string): void;
  /** Messages may have been missed. */
  doubt(): void;
}

interface Topic {
  listeners: Set<Listener>;
  subscribed: Promise<unknown>;
}

/** So many at once when all are subscribed again: a command of a bounded size. */
const resubscribeSlice = 500;

export class Channels {
  readonly #client: Redis;
  readonly #topics = new Map<string, Topic>();

  constructor(client: Redis) {
    this.#client = client;
    client.on('message', (channel: string, text: string) => {
      for (const listener of this.#topics.get(channel)?.listeners ?? []) listener.message(text);
    });
    client.on('ready', () => void this.#subscribeAgain());
  }

  /** Resolves once messages come in; the function it resolves to ends it. */
  async listen(channel: string, listener: Listener): Promise<() => Promise<void>> {
    const topic = this.#topics.get(channel) ?? this.#open(channel);
    topic.listeners.add(listener);
    const leave = () => this.#leave(channel, topic, listener);
    try {
      await topic.subscribed;
    } catch (error) {
      await leave();
      throw asStoreError(error);
    }
    return leave;
  }

  /** How many channels are listened to. */
  get size(): number {
    return this.#topics.size;
  }

  isConnected(): boolean {
    return this.#client.status === 'ready';
  }

  /** Drops the connection, which then comes back as after any other break. */
  reconnect(): void {
    this.#client.disconnect(true);
  }

  #open(channel: string): Topic {
    const topic = { listeners: new Set<Listener>(), subscribed: this.#client.subscribe(channel) };
    this.#topics.set(channel, topic);
    return topic;
  }

  async #leave(channel: string, topic: Topic, listener: Listener): Promise<void> {
    const was_listening = topic.listeners.delete(listener);
    if (!was_listening || topic.listeners.size > 0 || this.#topics.get(channel) !== topic) return;
    this.#topics.delete(channel);
    // Where this fails the connection is gone, and the subscription with it.
    await this.#client.unsubscribe(channel).catch(() => undefined);
  }

  async #subscribeAgain(): Promise<void> {
    const all = [...this.#topics];
    for (let from = 0; from < all.length; from += resubscribeSlice) {
      const some = all
        .slice(from, from + resubscribeSlice)
        .filter(([channel, topic]) => this.#topics.get(channel) === topic);
      if (some.length === 0) continue;
      const subscribed = this.#client.subscribe(...some.map(([channel]) => channel));
      for (const [, topic] of some) topic.subscribed = subscribed;
      try {
        await subscribed;
      } catch {
        // Either the connection broke again, which ends here anew, or it does not answer and is broken on purpose.
        if (this.isConnected()) this.reconnect();
        return;
      }
      for (const [, topic] of some) for (const listener of topic.listeners) listener.doubt();
    }
  }
}
