/** From the environment's words to those of the parts. Decides nothing but what comes from where. */
import type { GatewayConfig } from '@partyline/gateway';
import type { PostgresOptions } from '@partyline/postgres';
import { clientMessages, closeCodes, routes, serverMessageTypes, wsErrors } from '@partyline/protocol';
import type { RedisStoreOptions } from '@partyline/redis';
import type { Vocabulary } from '@partyline/telemetry';
import type { Environment } from './config-schema.ts';

/** `disconnect_grace_seconds` is what new parties get where nobody says otherwise. */
export function gatewayConfig(at: Environment): GatewayConfig & { disconnect_grace_seconds: number } {
  return {
    disconnect_grace_seconds: at.DISCONNECT_GRACE_SECONDS,
    host: at.HOST,
    port: at.PORT,
    token_keys: at.TOKEN_KEYS,
    token_lifetime_seconds: at.TOKEN_LIFETIME_SECONDS,
    allowed_origins: at.ALLOWED_ORIGINS,
    cors_origins: at.CORS_ORIGINS,
    trusted_proxies: at.TRUSTED_PROXIES,
    ping_interval_seconds: at.WS_PING_INTERVAL_SECONDS,
    idle_timeout_seconds: at.WS_IDLE_TIMEOUT_SECONDS,
    max_message_bytes: at.MAX_MESSAGE_BYTES,
    max_body_bytes: at.MAX_BODY_BYTES,
    max_backpressure_bytes: at.MAX_BACKPRESSURE_BYTES,
    batch_ms: at.BATCH_MS,
    limits: {
      messages_per_second: at.MESSAGES_PER_SECOND,
      message_burst: at.MESSAGE_BURST,
      joins_per_minute: at.JOINS_PER_MINUTE,
      inits_per_minute: at.INITS_PER_MINUTE,
      failed_lookups_per_minute: at.FAILED_LOOKUPS_PER_MINUTE,
      sockets_per_party: at.SOCKETS_PER_PARTY,
    },
  };
}

export function redisOptions(at: Environment): RedisStoreOptions {
  return {
    url: at.REDIS_URL,
    prefix: at.REDIS_PREFIX,
    leaseMs: at.LEASE_MS,
    ...(at.REDLOCK_URLS.length > 0 && { lockUrls: at.REDLOCK_URLS }),
  };
}

export function postgresOptions(at: Environment): PostgresOptions {
  return {
    url: at.DATABASE_URL,
    poolMax: at.PG_POOL_MAX,
    perPartyLimit: at.PG_PER_PARTY,
    statementTimeoutMs: at.PG_STATEMENT_TIMEOUT_MS,
  };
}

/** The words of the protocol that metrics may have in their labels. */
export const vocabulary: Vocabulary = {
  routes: [...new Set(Object.values(routes).map(({ path }) => path))],
  close_codes: Object.values(closeCodes).map(({ code }) => code),
  server_messages: serverMessageTypes,
  client_messages: Object.keys(clientMessages),
  refusals: Object.keys(wsErrors),
};
