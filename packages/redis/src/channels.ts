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
  /** In a Cluster each channel belongs to a slot, and messages come from the shard that holds it. */
  readonly #isSharded: boolean;
  readonly #topics = new Map<string, Topic>();

  constructor(client: Redis, { isSharded = false }: { isSharded?: boolean } = {}) {
    this.#client = client;
    this.#isSharded = isSharded;
    client.on(isSharded ? 'smessage' : 'message', (channel: string, text: string) => {
      for (const listener of this.#topics.get(channel)?.listeners ?? []) listener.message(text);
    });
    // A Cluster's subscribers come and go with its shards, and subscribe again by themselves.
    for (const event of isSharded ? ['ready', 'subscribersReady', '+subscriber'] : ['ready']) {
      client.on(event, () => void this.#subscribeAgain());
    }
  }

  /** Speaks without a script. */
  async publish(commands: Redis, channel: string, text: string): Promise<void> {
    await (this.#isSharded ? commands.spublish(channel, text) : commands.publish(channel, text));
  }

  #subscribe(channels: string[]): Promise<unknown> {
    if (!this.#isSharded) return this.#client.subscribe(...channels);
    return Promise.all(channels.map((channel) => this.#client.ssubscribe(channel)));
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
    const topic = { listeners: new Set<Listener>(), subscribed: this.#subscribe([channel]) };
    this.#topics.set(channel, topic);
    return topic;
  }

  async #leave(channel: string, topic: Topic, listener: Listener): Promise<void> {
    const was_listening = topic.listeners.delete(listener);
    if (!was_listening || topic.listeners.size > 0 || this.#topics.get(channel) !== topic) return;
    this.#topics.delete(channel);
    // Where this fails the connection is gone, and the subscription with it.
    const left = this.#isSharded ? this.#client.sunsubscribe(channel) : this.#client.unsubscribe(channel);
    await left.catch(() => undefined);
  }

  async #subscribeAgain(): Promise<void> {
    const all = [...this.#topics];
    for (let from = 0; from < all.length; from += resubscribeSlice) {
      const some = all
        .slice(from, from + resubscribeSlice)
        .filter(([channel, topic]) => this.#topics.get(channel) === topic);
      if (some.length === 0) continue;
      const subscribed = this.#subscribe(some.map(([channel]) => channel));
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
