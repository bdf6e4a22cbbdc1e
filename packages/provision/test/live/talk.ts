/** Talks to a server over a bare socket, since provision has no client library. */
import { once } from 'node:events';
import { connect } from 'node:net';

/** One Redis command in its inline form; resolves with the raw reply. */
export async function redisCommand(port: number, line: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.write(`${line}\r\n`);
  const [reply] = await once(socket, 'data');
  socket.destroy();
  return reply.toString();
}

/** Postgres' answer to a start-up message for a database: 'R' asks to authenticate, 'E' is a refusal. */
export async function postgresGreeting(port: number, database: string): Promise<string> {
  const text = `user\0partyline\0database\0${database}\0\0`;
  const message = Buffer.alloc(8 + text.length);
  message.writeInt32BE(message.length, 0);
  message.writeInt32BE(196_608, 4); // protocol 3.0
  message.write(text, 8);
  const socket = connect({ port, host: '127.0.0.1' });
  socket.write(message);
  const [reply] = await once(socket, 'data');
  socket.destroy();
  return reply.toString('latin1', 0, 1);
}
