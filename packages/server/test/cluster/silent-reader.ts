/** A socket that is opened by hand, may say things, and never reads a byte: a phone that has left the hall with its tab open. */
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';

export interface SilentReader {
  say(message: object): void;
  end(): void;
}

export function openSilentReader(port: number, party_id: string, token: string): Promise<SilentReader> {
  return new Promise((resolve, reject) => {
    const sent = request({
      ...{ host: '127.0.0.1', port, path: `/ws/${party_id}`, agent: false },
      headers: {
        ...{ connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
        'sec-websocket-key': randomBytes(16).toString('base64'),
        'sec-websocket-protocol': `partyline.v1, token.${token}`,
      },
    });
    sent.on('error', reject);
    sent.on('upgrade', (_response, socket) => {
      socket.pause();
      socket.on('error', () => undefined);
      resolve({ say: (message) => void socket.write(frame(message)), end: () => void socket.destroy() });
    });
    sent.end();
  });
}

/** One short masked text frame; a mask of zeros leaves the text as it is. */
function frame(message: object): Buffer {
  const text = Buffer.from(JSON.stringify(message));
  if (text.length > 125) throw new RangeError('longer than a short frame');
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), text]);
}
