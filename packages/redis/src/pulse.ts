/**
 * Hears whether the subscriber connection still carries anything: this node publishes to a channel of its own. A half-open
 * connection looks alive from here for many minutes, and a gateway behind it would show a standing screen.
 */
import type { Redis } from 'ioredis';
import type { Channels } from './channels.ts';

const intervalMs = 997;
/** So many sent and not heard mean that the connection is dead: noticed within three seconds. */
const mostUnheard = 2;

export class Pulse {
  readonly #commands: Redis;
  readonly #channels: Channels;
  readonly #channel: string;
  #unheard = 0;
  #timer: NodeJS.Timeout | undefined;
  #leave: (() => Promise<void>) | undefined;

  constructor({ commands, channels, channel }: { commands: Redis; channels: Channels; channel: string }) {
    this.#commands = commands;
    this.#channels = channels;
    this.#channel = channel;
  }

  async start(): Promise<void> {
    const heard = () => {
      this.#unheard = 0;
    };
    this.#leave = await this.#channels.listen(this.#channel, { message: heard, doubt: heard });
    this.#timer = setInterval(() => void this.#beat(), intervalMs);
  }

  isHeard(): boolean {
    return this.#channels.isConnected() && this.#unheard <= mostUnheard;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#leave?.();
  }

  async #beat(): Promise<void> {
    if (this.#unheard > mostUnheard && this.#channels.isConnected()) this.#channels.reconnect();
    try {
      await this.#channels.publish(this.#commands, this.#channel, '');
      this.#unheard += 1;
    } catch {
      // The command connection is down: that tells nothing of this one.
    }
  }
}
