/** One contract for the adapters that speak over real sockets; the in-memory one holds to it in the unit tests. */
import { suite } from 'node:test';
import { transportContract } from '@partyline/testkit';
import { createUwsTransport } from '../../src/transport/uws.ts';
import { createWsTransport } from '../../src/transport/ws.ts';
import { socketProbe } from './transport-probe.ts';

suite('at once: they mostly wait', { concurrency: true }, () => {
  transportContract('uws', socketProbe(createUwsTransport()));
  transportContract('ws', socketProbe(createWsTransport()));
});
