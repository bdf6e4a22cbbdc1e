/** The pages of `packages/web` for a gateway: built once, when a node starts. */
import { type Assets, createAssets } from '@partyline/web';

interface Log {
  error(fields: object, message: string): void;
}

/** Without its pages a node still serves the API and its sockets, so a build that fails is told and not thrown. */
export function buildPages(log: Log): Promise<Assets> {
  return createAssets().catch((error: unknown) => {
    log.error({ err: error }, 'the pages could not be built; this node serves none');
    return () => null;
  });
}
