/** The pages of `packages/web`, as the gateway serves them: read once, kept in memory. */
import type { HttpResponse } from '@partyline/gateway';

/** Null where there is no page at this path. */
export function pages(_path: string): HttpResponse | null {
  return null;
}
