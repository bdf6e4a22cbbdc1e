/** The gateway role: sockets and HTTP, in front of the live state. */
export type { GatewayConfig } from './config.ts';
export type { GatewayMetrics, Log } from './observe.ts';
