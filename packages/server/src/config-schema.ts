/**
 * Every environment variable there is, in one table: form, default, what it is for. The schema that validates the
 * environment and the README's table are both made of it.
 */

interface Common {
  readonly description: string;
  /** In words, where the form does not say it. */
  readonly allowed?: string;
  /** Never repeated in a message. */
  readonly secret?: true;
}

interface NumberVariable extends Common {
  readonly type: 'integer';
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
}

interface SwitchVariable extends Common {
  readonly type: 'boolean';
  readonly default: boolean;
}

interface TextVariable extends Common {
  readonly type: 'string';
  readonly pattern?: string;
  readonly enum?: readonly string[];
  /** Empty: there is none, and `allowed` says what happens then. */
  readonly default: string;
}

/** Several values with commas between them. */
interface ListVariable extends Common {
  readonly type: 'array';
  readonly items: { readonly type: 'string'; readonly pattern?: string; readonly enum?: readonly string[] };
  readonly uniqueItems: true;
  readonly minItems?: number;
  readonly default: readonly string[];
}

export type Variable = NumberVariable | SwitchVariable | TextVariable | ListVariable;

const port = { type: 'integer', minimum: 0, maximum: 65_535 } as const;
const between = (minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum }) as const;
const list = { type: 'array', uniqueItems: true } as const;
const origins = { ...list, items: { type: 'string', pattern: '^(\\*|https?://[^/?#\\s]+)$' }, minItems: 1 } as const;
const redisUrl = '^rediss?(\\+sentinel|\\+cluster)?://\\S+$';

export const variables = {
  PORT: {
    ...port,
    default: 8080,
    description: 'HTTP and WebSocket; every node of a machine shares it. 0: any free port.',
  },
  HOST: { type: 'string', pattern: '^\\S+$', default: '0.0.0.0', description: 'Address that `PORT` is bound to.' },
  ADMIN_PORT: {
    ...port,
    default: 8081,
    description: 'Health, readiness, metrics, log level. The next nodes take the next ports.',
  },
  ADMIN_HOST: {
    type: 'string',
    pattern: '^\\S+$',
    default: '127.0.0.1',
    description: 'Address that `ADMIN_PORT` is bound to.',
  },
  NODES: { ...between(1, 64), default: 2, description: 'How many node processes `make run` starts.' },
  NODE_ID: {
    type: 'string',
    pattern: '^[\\w.-]{0,64}$',
    allowed: 'at most 64 letters, digits, `.`, `_` or `-`; empty: one is made up',
    default: '',
    description: 'Names this node in its log.',
  },
  NODE_ENV: {
    type: 'string',
    enum: ['development', 'production'],
    default: 'development',
    description: '`production` refuses to start with missing keys or with origins that let everybody in.',
  },
  ROLES: {
    ...list,
    items: { type: 'string', enum: ['gateway', 'leader'] },
    minItems: 1,
    default: ['gateway', 'leader'],
    description: 'What this node does; the two meet only in Redis.',
  },
  TRANSPORT: {
    type: 'string',
    enum: ['auto', 'uws', 'ws'],
    default: 'auto',
    description:
      'Sockets by uWebSockets.js, or by `ws`; `auto`: by `ws` only where the other has no file for this machine.',
  },

  DATABASE_URL: {
    type: 'string',
    pattern: '^(postgres(ql)?://\\S+)?$',
    allowed:
      'an address like `postgres://user:password@host:5432/database`; empty: `make run` starts a Postgres of its own',
    secret: true,
    default: '',
    description: 'Postgres, for what lasts.',
  },
  PG_POOL_MAX: { ...between(1, 500), default: 10, description: 'Connections to Postgres of one node at most.' },
  PG_PER_PARTY: { ...between(1, 100), default: 2, description: 'Connections one party may hold at a time.' },
  PG_STATEMENT_TIMEOUT_MS: {
    ...between(100, 600_000),
    default: 10_000,
    description: 'How long one statement may take.',
  },
  REDIS_URL: {
    type: 'string',
    pattern: `^(${redisUrl.slice(1, -1)})?$`,
    allowed:
      '`redis://host:6379`, `redis+sentinel://host:26379,…/name`, `redis+cluster://host:6379,…`, or with `rediss` over TLS; empty: `make run` starts a Redis of its own',
    secret: true,
    default: '',
    description: 'Redis, for what is live.',
  },
  REDIS_PREFIX: {
    type: 'string',
    pattern: '^[\\w.:-]{1,64}$',
    allowed: '1 to 64 letters, digits, `.`, `:`, `_` or `-`',
    default: 'partyline',
    description: 'Stands before every key and channel.',
  },
  REDLOCK_URLS: {
    ...list,
    items: { type: 'string', pattern: redisUrl },
    allowed: 'addresses like `redis://host:6379`, an odd number of them; none: `REDIS_URL` keeps the leases too',
    secret: true,
    default: [],
    description: 'Independent Redises for the leases.',
  },
  REDIS_SERVER: {
    type: 'string',
    allowed: 'the path of a program; empty: one is looked for on this machine, or fetched',
    default: '',
    description: 'The `redis-server` that `make run` starts where `REDIS_URL` is empty.',
  },
  LEASE_MS: {
    ...between(500, 60_000),
    default: 2_000,
    description: 'How long a leader may be silent before another takes its parties.',
  },

  TOKEN_KEYS: {
    ...list,
    items: { type: 'string', pattern: '^\\S+$' },
    allowed:
      'keys of at least 32 characters; the first signs, all of them verify. Development makes one and keeps it in `DATA_DIR`',
    secret: true,
    default: [],
    description: 'Current and previous key of the tokens.',
  },
  TOKEN_LIFETIME_SECONDS: { ...between(60, 2_592_000), default: 86_400, description: 'How long a token is good for.' },
  HOST_KEY: {
    type: 'string',
    pattern: '^(\\S{8,200})?$',
    allowed: '8 to 200 characters without spaces; empty: one is made, kept in `DATA_DIR` and printed',
    secret: true,
    default: '',
    description: 'The key that `make run` lets create quizzes and rooms.',
  },
  ALLOWED_ORIGINS: {
    ...origins,
    allowed: 'origins like `https://quiz.example.org`, or `*` for any (not in production)',
    default: ['*'],
    description: 'Pages that may open sockets.',
  },
  CORS_ORIGINS: {
    ...origins,
    allowed: 'origins like `https://quiz.example.org`, or `*` for any (not in production)',
    default: ['*'],
    description: 'Pages of other origins that may call the API.',
  },
  TRUSTED_PROXIES: {
    ...list,
    items: { type: 'string', pattern: '^[0-9a-fA-F.:]+(/\\d{1,3})?$' },
    allowed: 'addresses or CIDR blocks like `10.0.0.0/8`',
    default: [],
    description: 'Proxies whose `X-Forwarded-For` is believed.',
  },

  WS_PING_INTERVAL_SECONDS: {
    ...between(1, 300),
    default: 20,
    description: 'Silence after which a socket is sent a `ping`.',
  },
  WS_IDLE_TIMEOUT_SECONDS: {
    ...between(16, 960),
    default: 40,
    description: 'Silence of a client after which its socket is closed.',
  },
  DISCONNECT_GRACE_SECONDS: {
    ...between(1, 86_400),
    default: 120,
    description: 'How long a party waits for somebody to come back before it is concluded.',
  },
  BATCH_MS: { ...between(0, 100), default: 4, description: 'How long an answer waits for others to go to Redis with.' },
  MAX_MESSAGE_BYTES: { ...between(512, 65_536), default: 4_096, description: 'Largest message a client may send.' },
  MAX_BODY_BYTES: {
    ...between(1_024, 16_777_216),
    default: 5_242_880,
    description: 'Largest body of an HTTP call, quiz files included.',
  },
  MAX_BACKPRESSURE_BYTES: {
    ...between(16_384, 67_108_864),
    default: 262_144,
    description: 'What may wait for one slow client before it is closed.',
  },
  MESSAGES_PER_SECOND: { ...between(1, 1_000), default: 10, description: 'Messages of one socket, lasting.' },
  MESSAGE_BURST: { ...between(1, 10_000), default: 30, description: 'Messages of one socket, at once.' },
  JOINS_PER_MINUTE: {
    ...between(1, 1_000_000),
    default: 1_500,
    description: 'Joins from one address; a school has one address.',
  },
  INITS_PER_MINUTE: {
    ...between(1, 1_000_000),
    default: 120,
    description: 'Parties and rooms begun from one address.',
  },
  FAILED_LOOKUPS_PER_MINUTE: {
    ...between(1, 1_000_000),
    default: 60,
    description: 'Wrong room codes from one address.',
  },
  SOCKETS_PER_PARTY: { ...between(1, 1_000_000), default: 50_000, description: 'Sockets of one party on one node.' },

  LOG_LEVEL: {
    type: 'string',
    enum: ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    default: 'info',
    description: 'Least important lines that are logged; `PUT /log-level` on the admin port changes it while running.',
  },
  DEBUG: {
    type: 'boolean',
    default: false,
    description:
      'Debug mode: lowers `LOG_LEVEL` to `debug`, which logs requests, sockets, host commands and what happens in parties.',
  },
  DRAIN_SECONDS: { ...between(1, 600), default: 15, description: 'How long a node may take to stop.' },
  RESULTS_KEPT_DAYS: {
    ...between(0, 36_500),
    default: 0,
    description: 'Results are erased so many days after their party; 0: never.',
  },
  DATA_DIR: {
    type: 'string',
    pattern: '^.+$',
    allowed: 'the path of a folder',
    default: '.data',
    description: 'Where `make run` keeps its Redis, its Postgres, its keys and the logs.',
  },
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;

type ValueOf<V extends Variable> = V extends { type: 'integer' }
  ? number
  : V extends { type: 'boolean' }
    ? boolean
    : V extends { type: 'array'; items: { enum: readonly (infer Item)[] } }
      ? Item[]
      : V extends { type: 'array' }
        ? string[]
        : V extends { enum: readonly (infer Choice)[] }
          ? Choice
          : string;

/** The environment as validated: every variable, with its default where it was not given. */
export type Environment = { readonly [Name in VariableName]: ValueOf<(typeof variables)[Name]> };

/** The table as a JSON Schema. */
export const environmentSchema = {
  type: 'object',
  properties: Object.fromEntries(
    Object.entries<Variable>(variables).map(([name, { allowed, secret, ...schema }]) => [name, schema]),
  ),
};

/** What a variable may be, as a sentence goes on after "must be". */
export function allowedValues(variable: Variable): string {
  if (variable.allowed !== undefined) return variable.allowed;
  switch (variable.type) {
    case 'integer':
      return `a whole number from ${variable.minimum} to ${variable.maximum}`;
    case 'boolean':
      return '`true` or `false`';
    case 'string':
      return variable.enum === undefined ? 'a text without spaces' : `one of ${variable.enum.join(', ')}`;
    case 'array':
      return `${variable.items.enum === undefined ? 'values' : `one or more of ${variable.items.enum.join(', ')}`}, with commas between them`;
  }
}
