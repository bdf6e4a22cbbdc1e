import { transportContract } from '@partyline/testkit';
import { createUwsTransport } from '../src/transport/uws.ts';
import { socketProbe } from './transport-probe.ts';

transportContract('uws', socketProbe(createUwsTransport()));
