/** What a gateway may be set to. The server fills it from the environment; the defaults there are the documented ones. */

export interface GatewayConfig {
  host: string;
  port: number;
  /** Signing keys: the first signs, all verify. At least 32 bytes each. */
  token_keys: string[];
  token_lifetime_seconds: number;
  /** Origins that may open sockets; `*` allows any (development). A request without an Origin is not a browser and passes. */
  allowed_origins: string[];
  /** Origins for credentialed HTTP calls; calls without credentials are open to all. */
  cors_origins: string[];
  trusted_proxies: string[];
  ping_interval_seconds: number;
  idle_timeout_seconds: number;
  max_message_bytes: number;
  max_body_bytes: number;
  max_backpressure_bytes: number;
  /** What a party is given where its host sets nothing, seconds. */
  disconnect_grace_seconds: number;
  /** Answers of one party wait this long for company, ms. */
  batch_ms: number;
  limits: {
    /** Per socket: messages a second, and how many may come at once. */
    messages_per_second: number;
    message_burst: number;
    /** Per address, a minute. A school behind one address joins 500 within a minute. */
    joins_per_minute: number;
    inits_per_minute: number;
    failed_lookups_per_minute: number;
    /** Sockets one party may have on this node. */
    sockets_per_party: number;
  };
}
