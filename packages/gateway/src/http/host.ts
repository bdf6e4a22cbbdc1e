/** Calls that need a host key: who is calling, or the refusal. */
import type { HostKey, HostKeys } from '@partyline/core';
import { bearerToken } from '../connect.ts';
import type { HttpResponse } from '../transport/transport.ts';
import { type Call, refuse } from './call.ts';

/**
 * A verified key is believed this long: a revoked one stops working soon, and a busy host costs one look-up by an index
 * in so many seconds, on no path of players.
 */
export const hostKeyBelievedMs = 5_000;
const keptKeys = 1_000;

export interface Hosts {
  /** Runs `serve` with whose host key it is and the key itself, or answers 401. */
  asHost(call: Call, serve: (host: HostKey, key: string) => Promise<HttpResponse>): Promise<HttpResponse>;
  verify(key: string): Promise<HostKey | null>;
}

export function createHosts(at: { hostKeys: HostKeys; now: () => number }): Hosts {
  const believed = new Map<string, { host: HostKey; until: number }>();

  async function verify(key: string): Promise<HostKey | null> {
    const known = believed.get(key);
    if (known !== undefined && known.until > at.now()) return known.host;
    believed.delete(key);
    const host = await at.hostKeys.verify(key);
    if (host !== null) believed.set(key, { host, until: at.now() + hostKeyBelievedMs });
    const oldest = believed.keys().next();
    if (believed.size > keptKeys && !oldest.done) believed.delete(oldest.value);
    return host;
  }

  return {
    verify,
    async asHost({ request }, serve) {
      const key = bearerToken(request.headers);
      const host = key === null ? null : await verify(key);
      return key === null || host === null ? refuse('unauthorized', 'this call needs a host key') : serve(host, key);
    },
  };
}
