/**
 * The environment as a configuration: validated once, at the start, with every fault told at once. Knows what does not go
 * together and what production must not be started with; reads nothing but what it is given.
 */
import { BlockList, isIP } from 'node:net';
import { Ajv } from 'ajv';
import {
  allowedValues,
  type Environment,
  environmentSchema,
  type Variable,
  type VariableName,
  variables,
} from './config-schema.ts';

/** Everything that is wrong with an environment, one sentence each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'config_invalid';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Partyline cannot start with these settings:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

const shortestKey = 32;
/** A random key of that length has about 20 different characters; `aaaa…` and `12341234…` have few. */
const fewestCharacters = 12;
const placeholder = /change|example|default|secret|password|dev(elopment)?-/i;
/** Before the key that development makes for itself. */
export const developmentKeyMark = 'dev-';

const validate = new Ajv({ allErrors: true, coerceTypes: true, useDefaults: true, strict: true }).compile(
  environmentSchema,
);

/** Throws a ConfigError naming every variable that is wrong, and what it may be. Variables it does not know are not its own. */
export function readEnvironment(given: Readonly<Record<string, string | undefined>>): Environment {
  const environment: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries<Variable>(variables)) {
    const text = given[name]?.trim() ?? '';
    if (text !== '') environment[name] = prepared(variable, text);
  }
  const isValid = validate(environment);
  const faulty = new Set(isValid ? [] : validate.errors?.map(({ instancePath }) => instancePath.split('/')[1] ?? ''));
  const problems = [...faulty].map((name) => wrong(name as VariableName, given[name]));
  // The rest is judged as if what is wrong had not been given, so that all of it is told at once.
  for (const name of faulty) environment[name] = variables[name as VariableName].default;
  const whole = environment as unknown as Environment;
  const more = [...contradictions(whole), ...(whole.NODE_ENV === 'production' ? unsafeInProduction(whole) : [])];
  problems.push(...more.filter((problem) => !faulty.has(problem.split(' ')[0] ?? '')));
  if (problems.length > 0) throw new ConfigError(problems);
  // Lists are copied, or the table's defaults would be shared by whoever changes one.
  return { ...structuredClone(whole), LOG_LEVEL: whole.DEBUG ? lowered(whole.LOG_LEVEL) : whole.LOG_LEVEL };
}

/** The same for a process that is one node: it has nobody to start a store for it. */
export function readNodeEnvironment(given: Readonly<Record<string, string | undefined>>): Environment {
  const environment = readEnvironment(given);
  const missing = (['DATABASE_URL', 'REDIS_URL'] as const).filter((name) => environment[name] === '');
  if (missing.length === 0) return environment;
  throw new ConfigError(missing.map((name) => `${name} is missing: it must be ${allowedValues(variables[name])}.`));
}

/** What a schema cannot split or read: lists, and the many ways to say yes. */
function prepared({ type }: Variable, text: string): unknown {
  if (type === 'array') {
    return text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }
  if (type === 'boolean') {
    if (/^(1|true|yes|on)$/i.test(text)) return true;
    if (/^(0|false|no|off)$/i.test(text)) return false;
  }
  return text;
}

function wrong(name: VariableName, given: string | undefined): string {
  const variable: Variable = variables[name];
  const shown = variable.secret ? 'is not valid' : `is ${JSON.stringify(given?.slice(0, 100))}`;
  return `${name} ${shown}: it must be ${allowedValues(variable)}.`;
}

function contradictions(at: Environment): string[] {
  const problems: string[] = [];
  if (at.WS_PING_INTERVAL_SECONDS >= at.WS_IDLE_TIMEOUT_SECONDS) {
    problems.push(
      'WS_PING_INTERVAL_SECONDS must be less than WS_IDLE_TIMEOUT_SECONDS, or silent sockets are closed before they are asked.',
    );
  }
  if (at.PG_PER_PARTY > at.PG_POOL_MAX) problems.push('PG_PER_PARTY must not be more than PG_POOL_MAX.');
  if (at.REDLOCK_URLS.length > 0 && at.REDLOCK_URLS.length % 2 === 0) {
    problems.push(
      `REDLOCK_URLS names ${at.REDLOCK_URLS.length} Redises: it must be an odd number of them, so that there is a majority.`,
    );
  }
  const adminPorts = at.ADMIN_PORT === 0 ? [] : Array.from({ length: at.NODES }, (_, index) => at.ADMIN_PORT + index);
  const lastAdminPort = adminPorts.at(-1) ?? 0;
  if (lastAdminPort > variables.ADMIN_PORT.maximum) {
    problems.push(
      `ADMIN_PORT is ${at.ADMIN_PORT}: with NODES=${at.NODES} the last node would take port ${lastAdminPort}, and there is none above ${variables.ADMIN_PORT.maximum}.`,
    );
  }
  if (at.PORT !== 0 && adminPorts.includes(at.PORT)) {
    problems.push(
      `PORT is ${at.PORT}: it must not be among the admin ports ${adminPorts[0]} to ${lastAdminPort} (ADMIN_PORT and the next, one for each of NODES).`,
    );
  }
  for (const entry of at.TRUSTED_PROXIES) {
    if (!isAddressBlock(entry))
      problems.push(
        `TRUSTED_PROXIES has ${JSON.stringify(entry)}: each must be an address or a CIDR block like \`10.0.0.0/8\`.`,
      );
  }
  for (const key of at.TOKEN_KEYS) {
    if (Buffer.byteLength(key) < shortestKey)
      problems.push(
        `TOKEN_KEYS has a key of ${Buffer.byteLength(key)} bytes: each must have at least ${shortestKey}; \`openssl rand -base64 48\` makes one.`,
      );
  }
  return problems;
}

function unsafeInProduction(at: Environment): string[] {
  const problems: string[] = [];
  if (at.TOKEN_KEYS.length === 0)
    problems.push('TOKEN_KEYS is missing: production needs a key of its own; `openssl rand -base64 48` makes one.');
  for (const key of at.TOKEN_KEYS) {
    if (placeholder.test(key) || new Set(key).size < fewestCharacters) {
      problems.push(
        'TOKEN_KEYS has a key that can be guessed: production needs one made at random; `openssl rand -base64 48` makes one.',
      );
    }
  }
  for (const name of ['ALLOWED_ORIGINS', 'CORS_ORIGINS'] as const) {
    if (at[name].includes('*'))
      problems.push(`${name} is \`*\`: production must name the pages, like \`https://quiz.example.org\`.`);
  }
  return problems;
}

function isAddressBlock(entry: string): boolean {
  const [address = '', bits] = entry.split('/');
  const family = isIP(address);
  if (family === 0) return false;
  try {
    if (bits !== undefined) new BlockList().addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
    return true;
  } catch {
    return false;
  }
}

function lowered(level: Environment['LOG_LEVEL']): Environment['LOG_LEVEL'] {
  return level === 'trace' ? 'trace' : 'debug';
}
