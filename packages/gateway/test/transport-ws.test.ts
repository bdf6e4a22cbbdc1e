import { transportContract } from '@partyline/testkit';
import { createWsTransport } from '../src/transport/ws.ts';
import { socketProbe } from './transport-probe.ts';

transportContract('ws', socketProbe(createWsTransport()));
