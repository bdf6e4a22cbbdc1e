/** Which transport a node speaks. Where uWebSockets.js has no file for this machine, `ws` does the same more slowly. */
import {
  createUwsTransport,
  createWsTransport,
  NativeFileError,
  type Transport,
  verifyNativeFile,
} from '@partyline/gateway';

export interface ChosenTransport {
  name: 'uws' | 'ws';
  transport: Transport;
}

/** A file that is there but is not the one we know ends the node, whatever was wished for. */
export async function chooseTransport(
  wanted: 'auto' | 'uws' | 'ws',
  {
    log,
    verify = verifyNativeFile,
  }: {
    log: { warn(fields: object, message: string): void };
    verify?: () => Promise<void>;
  },
): Promise<ChosenTransport> {
  if (wanted === 'ws') return { name: 'ws', transport: createWsTransport() };
  try {
    await verify();
  } catch (error) {
    const isAbsent = error instanceof NativeFileError && error.code !== 'native_mismatch';
    if (wanted === 'uws' || !isAbsent) throw error;
    log.warn({ err: error }, 'uWebSockets.js has no file for this machine; speaking through ws');
    return { name: 'ws', transport: createWsTransport() };
  }
  return { name: 'uws', transport: createUwsTransport() };
}
