/** uWebSockets.js alone: one message to every socket, by `send` in a loop or by `publish` to a topic. */
import type * as uws from 'uWebSockets.js';
import { message } from './message.ts';

const { default: native } = await import('uWebSockets.js');
const way = process.argv[2] === 'publish' ? 'publish' : 'send';
const open = new Set<uws.WebSocket<unknown>>();

const app = native.App().ws('/*', {
  compression: native.DISABLED,
  open(socket) {
    open.add(socket);
    socket.subscribe('all');
    socket.send('{"type":"state"}');
  },
  close: (socket) => void open.delete(socket),
});

process.on('message', ({ round }: { round: number }) => {
  const text = message(round);
  if (way === 'publish') app.publish('all', text);
  else for (const socket of open) socket.send(text);
});
process.on('disconnect', () => process.exit(0));
app.listen('127.0.0.1', 0, (listening) => {
  if (listening !== false) process.send?.({ type: 'ready', port: native.us_socket_local_port(listening) });
});
