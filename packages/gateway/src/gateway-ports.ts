/** What a gateway is given: every port it may use, and nothing else. */
import type {
  Archive,
  AuditTrail,
  Clock,
  GatewayRoll,
  HostKeys,
  PartyDesk,
  QuestionPool,
  Quizzes,
  RandomInt,
  StoreHealth,
  Timers,
} from '@partyline/core';
import type { GatewayConfig } from './config.ts';
import type { GatewayMetrics, Log } from './observe.ts';
import type { HttpResponse, Transport } from './transport/transport.ts';

export interface GatewayPorts {
  config: GatewayConfig;
  version: string;
  desk: PartyDesk;
  pool: QuestionPool;
  archive: Archive;
  quizzes: Quizzes;
  hostKeys: HostKeys;
  audit: AuditTrail;
  roll: GatewayRoll;
  clock: Clock;
  timers: Timers;
  health: StoreHealth;
  transport: Transport;
  log: Log;
  metrics: GatewayMetrics;
  random: () => number;
  /** Uniform on 0..n-1, from a CSPRNG. */
  randomInt: RandomInt;
  /** Pages and their files by path, packed where the client takes that; null where there is none. */
  assets: (path: string, acceptEncoding: string) => HttpResponse | null;
}
