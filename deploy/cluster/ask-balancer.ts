/**
 * A word to the haproxy of `make cluster`, as haproxy's manual has them ("Unix Socket commands"):
 * `make ask-balancer SAY='set server nodes/node-1 state drain'`. On other machines socat does the same.
 */
import { connect } from 'node:net';
import { join } from 'node:path';

const command = process.env.SAY ?? '';
const socket = process.env.HAPROXY_SOCKET ?? join(process.env.DATA_DIR || '.data', 'haproxy/haproxy.sock');

if (command === '') {
  process.stderr.write("usage: make ask-balancer SAY='show servers state nodes'\n");
  process.exit(2);
}
const line = connect(socket, () => line.end(`${command}\n`));
line.pipe(process.stdout);
line.on('error', ({ message }) => {
  process.stderr.write(`haproxy does not answer at ${socket}: ${message}\n`);
  process.exit(1);
});
