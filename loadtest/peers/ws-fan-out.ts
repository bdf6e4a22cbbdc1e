/** `ws` alone: one message to every socket in a loop. */
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { message } from './message.ts';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket) => socket.send('{"type":"state"}'));
server.on('listening', () => process.send?.({ type: 'ready', port: (server.address() as AddressInfo).port }));
process.on('message', ({ round }: { round: number }) => {
  const bytes = Buffer.from(message(round));
  for (const socket of server.clients) socket.send(bytes, { binary: false });
});
process.on('disconnect', () => process.exit(0));
