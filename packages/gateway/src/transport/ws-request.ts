/** Requests and answers between node:http and the transport's own shapes. */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { BlockList } from 'node:net';
import type { Duplex } from 'node:stream';
import { clientAddress } from './client-address.ts';
import { joinedHeaders, responseHeaders } from './headers.ts';
import type { HttpResponse, RequestHead } from './transport.ts';

export function headOf(req: IncomingMessage, proxies: BlockList): RequestHead {
  const raw = req.rawHeaders;
  const fields = raw.flatMap((name, at): [string, string][] => (at % 2 === 0 ? [[name, raw[at + 1] ?? '']] : []));
  const headers = joinedHeaders(fields);
  const [path = '/', ...query] = (req.url ?? '/').split('?');
  return {
    method: req.method ?? 'GET',
    path,
    query: new URLSearchParams(query.join('?')),
    headers,
    address: clientAddress(req.socket.remoteAddress ?? '', headers.get('x-forwarded-for'), proxies),
  };
}

/** The body, `too_large` as soon as it is that, or `gone` where the peer did not finish it. */
export async function bodyOf(req: IncomingMessage, maxBytes: number): Promise<Buffer | 'too_large' | 'gone'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return await new Promise((resolve) => {
    req.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else resolve('too_large'); // and read on, to nowhere: an answer to a peer that is still writing is lost
    });
    req.on('end', () => resolve(Buffer.concat(chunks)));
    req.on('close', () => resolve('gone'));
  });
}

export function writeAnswer(
  res: ServerResponse,
  { status, headers, body }: HttpResponse,
  then: 'keep-alive' | 'close',
): void {
  if (res.destroyed) return;
  res.statusCode = status;
  for (const [name, value] of responseHeaders(headers)) res.setHeader(name, value);
  if (then === 'close') res.setHeader('connection', 'close');
  if (status !== 204 && status !== 304) res.setHeader('content-length', Buffer.byteLength(body));
  res.end(body);
}

/** A refused handshake: there is no ServerResponse any more, only the connection. */
export function writeRefusal(socket: Duplex, { status, headers, body }: HttpResponse): void {
  const fields = [
    ...responseHeaders(headers),
    ['connection', 'close'],
    ['content-length', String(Buffer.byteLength(body))],
  ];
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n`);
  socket.write(`${fields.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`);
  socket.end(body, () => socket.destroy());
}
