export {
  type ProbeRequest,
  type ProbeResponse,
  type ProbeSocket,
  type TransportProbe,
  transportContract,
  type Wire,
} from './contract/transport.ts';
