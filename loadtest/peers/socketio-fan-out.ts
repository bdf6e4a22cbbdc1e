/** Socket.IO with its Redis adapter: one event to everybody, from one of several processes. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { message } from './message.ts';

const { REDIS_URL = '', PREFIX = 'peer' } = process.env;
const http = createServer();
const io = new Server(http, {
  transports: ['websocket'],
  serveClient: false,
  adapter: createAdapter(new Redis(REDIS_URL), new Redis(REDIS_URL), { key: PREFIX }),
});
process.on('message', ({ round }: { round: number }) => {
  const { data } = JSON.parse(message(round)) as { data: object };
  io.emit('question', data);
});
process.on('disconnect', () => process.exit(0));
http.listen(0, '127.0.0.1', () => process.send?.({ type: 'ready', port: (http.address() as AddressInfo).port }));
