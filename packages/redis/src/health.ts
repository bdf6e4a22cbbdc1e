/**
 * What is known of the store: whether it answers, how long it did not, whether it still has its data. One probe twice a
 * second asks for all of it and feeds the clock.
 */
import { randomUUID } from 'node:crypto';
import type { StoreHealth } from '@partyline/core';
import type { Redis } from 'ioredis';
import { asStoreError } from './errors.ts';
import { Outages } from './outages.ts';
import type { Pulse } from './pulse.ts';
import type { RedisClock } from './redis-clock.ts';
import { type SettingProblem, settingProblems } from './server-info.ts';

const probeIntervalMs = 499;
/** So many probes without an answer on a connection that looks alive, some four seconds, mean that it is half-open. */
const mostMissed = 2;

export class RedisHealth implements StoreHealth {
  readonly #client: Redis;
  readonly #clock: RedisClock;
  readonly #pulse: Pulse;
  readonly #birthKey: string;
  readonly #outages: Outages;
  readonly #emptied = new Set<() => void>();
  #birth: string | null = null;
  #missed = 0;
  #probing = false;
  #timer: NodeJS.Timeout | undefined;

  constructor({
    client,
    clock,
    pulse,
    birthKey,
  }: { client: Redis; clock: RedisClock; pulse: Pulse; birthKey: string }) {
    this.#client = client;
    this.#clock = clock;
    this.#pulse = pulse;
    this.#birthKey = birthKey;
    this.#outages = new Outages(clock);
    client.on('close', () => this.#outages.broke());
    client.on('ready', () => {
      clock.restart();
      void this.#probe();
    });
  }

  /** The first probe decides: throws StoreUnavailable where it fails. */
  async start(): Promise<void> {
    await this.#ask().catch((error: unknown) => {
      throw asStoreError(error);
    });
    this.#timer = setInterval(() => void this.#probe(), probeIntervalMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#emptied.clear();
  }

  reachable(): boolean {
    return this.#outages.isOver() && this.#pulse.isHeard();
  }

  lastOutage(): { from: number; to: number } | null {
    return this.#outages.last();
  }

  onEmptied(call: () => void): () => void {
    this.#emptied.add(call);
    return () => void this.#emptied.delete(call);
  }

  /** What about this Redis' settings endangers the data; empty where nothing does. */
  checkSafeSettings(): Promise<SettingProblem[]> {
    return settingProblems(this.#client);
  }

  async #probe(): Promise<void> {
    if (this.#probing) return;
    this.#probing = true;
    try {
      await this.#ask();
      this.#missed = 0;
    } catch {
      this.#outages.missed();
      this.#missed += 1;
      if (this.#missed >= mostMissed && this.#client.status === 'ready') this.#client.disconnect(true);
    } finally {
      this.#probing = false;
    }
  }

  async #ask(): Promise<void> {
    const sentAt = this.#clock.monotonic();
    const asked = Promise.all([this.#client.time(), this.#client.get(this.#birthKey)]);
    const [[seconds, micros], birth] = await asked;
    const serverTime = Number(seconds) * 1_000 + Number(micros) / 1_000;
    this.#clock.sample({ sentAt, receivedAt: this.#clock.monotonic(), serverTime });
    this.#outages.answered();
    if (birth !== this.#birth || birth === null) await this.#noteBirth(birth);
  }

  /** A name we do not know, or none: all that was there is gone. The first node to notice gives the next name. */
  async #noteBirth(found: string | null): Promise<void> {
    const isFirst = this.#birth === null;
    if (found === null) await this.#client.set(this.#birthKey, randomUUID(), 'NX');
    this.#birth = found ?? (await this.#client.get(this.#birthKey));
    if (!isFirst) for (const call of [...this.#emptied]) call();
  }
}
