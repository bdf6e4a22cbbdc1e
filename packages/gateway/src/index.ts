/** The gateway role: sockets and HTTP, in front of the live state. */
export type { GatewayConfig } from './config.ts';
export { createGateway, type Gateway } from './gateway.ts';
export type { GatewayPorts } from './gateway-ports.ts';
export { hostKeyBelievedMs } from './http/host.ts';
export type { GatewayMetrics, Log } from './observe.ts';
export { createTokens, type Tokens } from './tokens.ts';
export { NativeFileError, verifyNativeFile } from './transport/native-checksum.ts';
export {
  type HttpRequest,
  type HttpResponse,
  type Listening,
  type Socket,
  type Transport,
  type TransportHandlers,
  type TransportLimits,
  toldTooLong,
  type UpgradeDecision,
  type UpgradeRequest,
} from './transport/transport.ts';
export { createUwsTransport } from './transport/uws.ts';
export { createWsTransport } from './transport/ws.ts';
