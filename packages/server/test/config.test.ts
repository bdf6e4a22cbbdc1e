import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { ConfigError, readEnvironment } from '../src/config.ts';
import { configMarkdown } from '../src/config-markdown.ts';
import { allowedValues, type Variable, variables } from '../src/config-schema.ts';

const key = 'pM8xQ2vLr0Zt7yKc4NfWbJ1hGd6SuXaE';
const production = {
  NODE_ENV: 'production',
  TOKEN_KEYS: key,
  ALLOWED_ORIGINS: 'https://quiz.example.org',
  CORS_ORIGINS: 'https://quiz.example.org',
};

function problems(environment: Record<string, string>): readonly string[] {
  try {
    readEnvironment(environment);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
  return [];
}

test('an empty environment gives every variable its default', () => {
  const environment: Record<string, unknown> = { ...readEnvironment({}) };
  for (const [name, variable] of Object.entries(variables)) assert.deepEqual(environment[name], variable.default, name);
});

test('every default is allowed when it is written out', () => {
  const written = Object.fromEntries(
    Object.entries<Variable>(variables).map(([name, at]) => [name, String(at.default)]),
  );
  assert.deepEqual(readEnvironment(written), readEnvironment({}));
});

test('an empty variable is one that was not given, and unknown ones are not ours', () => {
  const given = { PORT: '', NODE_ENV: '  ', PATH: '/bin', PARTYLINE_SOMETHING: 'x', npm_config_port: 'y' };
  assert.deepEqual(readEnvironment(given), readEnvironment({}));
});

test('numbers, switches and lists are read from text', () => {
  const read = readEnvironment({
    PORT: ' 9000 ',
    DEBUG: 'yes',
    ROLES: 'leader',
    REDLOCK_URLS: 'redis://a:1, redis://b:2,rediss://c:3,',
  });
  assert.equal(read.PORT, 9_000);
  assert.equal(read.DEBUG, true);
  assert.deepEqual(read.ROLES, ['leader']);
  assert.deepEqual(read.REDLOCK_URLS, ['redis://a:1', 'redis://b:2', 'rediss://c:3']);
});

test('debug mode lowers the log level, and never raises it', () => {
  assert.equal(readEnvironment({ DEBUG: '1', LOG_LEVEL: 'error' }).LOG_LEVEL, 'debug');
  assert.equal(readEnvironment({ DEBUG: '1', LOG_LEVEL: 'trace' }).LOG_LEVEL, 'trace');
  assert.equal(readEnvironment({ DEBUG: '0', LOG_LEVEL: 'error' }).LOG_LEVEL, 'error');
});

/** A value that each form refuses. */
function badValues(variable: Variable): string[] {
  switch (variable.type) {
    case 'integer':
      return ['many', '1.5', String(variable.minimum - 1), String(variable.maximum + 1), '12px'];
    case 'boolean':
      return ['perhaps', '2'];
    case 'string':
      return variable.enum ? ['something-else'] : [];
    case 'array':
      return variable.items.enum ? ['gateway,something-else', ','] : ['a b'];
  }
}

const bad: [name: string, value: string][] = [
  ...Object.entries<Variable>(variables).flatMap(([name, variable]) =>
    badValues(variable).map((value): [string, string] => [name, value]),
  ),
  ['HOST', 'a b'],
  ['ADMIN_HOST', 'a b'],
  ['NODE_ID', 'a/b'],
  ['DATABASE_URL', 'mysql://db'],
  ['REDIS_URL', 'http://cache'],
  ['REDIS_PREFIX', 'a{b}'],
  ['HOST_KEY', 'short'],
  ['HOST_KEY', 'has spaces in it'],
  ['ALLOWED_ORIGINS', 'quiz.example.org'],
  ['ALLOWED_ORIGINS', 'https://quiz.example.org/page'],
  ['CORS_ORIGINS', ','],
  ['REDLOCK_URLS', 'host:6379'],
  ['TRUSTED_PROXIES', 'everyone'],
];

for (const [name, value] of bad) {
  test(`${name}=${value} is refused by name, with what is allowed`, () => {
    const [problem = '', ...more] = problems({ [name]: value });
    assert.deepEqual(more, []);
    assert.ok(problem.startsWith(`${name} is `), problem);
    assert.match(problem, /: it must be .{10,}\.$/);
    const variable: Variable | undefined = Object.entries<Variable>(variables).find(([known]) => known === name)?.[1];
    assert.equal(problem.includes(JSON.stringify(value)), variable?.secret !== true, 'shown, unless it is a secret');
  });
}

test('there is a bad value for every variable that can have one', () => {
  const tried = new Set(bad.map(([name]) => name));
  const untried = Object.keys(variables).filter((name) => !tried.has(name));
  assert.deepEqual(untried, ['REDIS_SERVER', 'DATA_DIR']);
});

test('spaces are refused where the table says so, and may be in the path of a folder', () => {
  for (const [name, variable] of Object.entries<Variable>(variables)) {
    const isTold = allowedValues(variable).includes('without spaces');
    if (isTold) assert.ok(problems({ [name]: 'a longer text' }).length > 0, name);
  }
  assert.deepEqual(problems({ DATA_DIR: '/srv/party line' }), []);
});

test('all that is wrong is told at once', () => {
  const given = { PORT: 'eighty', NODES: '0', TRANSPORT: 'tcp', PG_PER_PARTY: '11', TOKEN_KEYS: 'short' };
  const found = problems({ ...production, ...given });
  assert.deepEqual(
    found.map((problem) => problem.split(' ')[0]),
    ['PORT', 'NODES', 'TRANSPORT', 'PG_PER_PARTY', 'TOKEN_KEYS', 'TOKEN_KEYS'],
  );
  assert.match(new ConfigError(found).message, /cannot start.*\n {2}- PORT.*\n {2}- NODES.*\n {2}- TRANSPORT/);
});

const contradictory: [environment: Record<string, string>, problem: RegExp][] = [
  [{ WS_PING_INTERVAL_SECONDS: '60', WS_IDLE_TIMEOUT_SECONDS: '60' }, /^WS_PING_INTERVAL_SECONDS must be less/],
  [{ PG_POOL_MAX: '1', PG_PER_PARTY: '2' }, /^PG_PER_PARTY must not be more/],
  [{ REDLOCK_URLS: 'redis://a:1,redis://b:1' }, /^REDLOCK_URLS names 2 .*odd/],
  [{ PORT: '8082' }, /^PORT is 8082: it must not be among the admin ports 8081 to 8082/],
  [
    { ADMIN_PORT: '65535' },
    /^ADMIN_PORT is 65535: with NODES=2 the last node would take port 65536, and there is none/,
  ],
  [{ TRUSTED_PROXIES: '10.0.0.0/64' }, /^TRUSTED_PROXIES has "10\.0\.0\.0\/64"/],
  [{ TOKEN_KEYS: 'short' }, /^TOKEN_KEYS has a key of 5 bytes: .*openssl/],
];

for (const [environment, problem] of contradictory) {
  test(`refused: ${JSON.stringify(environment)}`, () => {
    const found = problems(environment);
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', problem);
  });
}

test('production starts with a key and origins of its own', () => assert.deepEqual(problems(production), []));

const unsafe: [given: Record<string, string>, problem: RegExp][] = [
  [{ TOKEN_KEYS: '' }, /^TOKEN_KEYS is missing/],
  [{ TOKEN_KEYS: 'a'.repeat(64) }, /^TOKEN_KEYS has a key that can be guessed/],
  [{ TOKEN_KEYS: 'change-me-0123456789abcdefghijklmnop' }, /^TOKEN_KEYS has a key that can be guessed/],
  [{ TOKEN_KEYS: `dev-${key}` }, /^TOKEN_KEYS has a key that can be guessed/],
  [{ TOKEN_KEYS: `${key},dev-${key}` }, /^TOKEN_KEYS has a key that can be guessed/],
  [{ TOKEN_KEYS: key.slice(1) }, /^TOKEN_KEYS has a key of 31 bytes/],
  [{ ALLOWED_ORIGINS: '' }, /^ALLOWED_ORIGINS is `\*`/],
  [{ ALLOWED_ORIGINS: 'https://quiz.example.org,*' }, /^ALLOWED_ORIGINS is `\*`/],
  [{ CORS_ORIGINS: '*' }, /^CORS_ORIGINS is `\*`/],
];

for (const [given, problem] of unsafe) {
  test(`production refuses ${JSON.stringify(given)}, and no message tells a key`, () => {
    const found = problems({ ...production, ...given });
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', problem);
    assert.ok(!found.join().includes(key.slice(2, 20)));
  });
}

test('development takes what production refuses, except keys that are too short', () => {
  for (const [given] of unsafe.filter(([{ TOKEN_KEYS }]) => TOKEN_KEYS !== key.slice(1))) {
    assert.deepEqual(problems({ ...production, ...given, NODE_ENV: 'development' }), []);
  }
});

test('the markdown has one row for each variable, with its default', () => {
  const rows = configMarkdown().split('\n').slice(2);
  assert.equal(rows.length, Object.keys(variables).length);
  for (const [index, [name, variable]] of Object.entries<Variable>(variables).entries()) {
    const [shownName, shownDefault, ...text] = (rows[index] ?? '').replace(/^\| | \|$/g, '').split(' | ');
    assert.equal(shownName, `\`${name}\``);
    assert.equal(shownDefault?.replaceAll('`', '').trim() ?? '', String(variable.default), name);
    assert.equal(text.length, 1, `${name}: three cells`);
  }
});

test('every variable is read by something', () => {
  const text = productionText();
  const unread = Object.keys(variables).filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
  assert.deepEqual(unread, []);
});

test('what is read from the environment past the table belongs to the system', () => {
  const read = [...productionText().matchAll(/\bprocess\.env\.([A-Z][A-Z_]*)/g)].map(([, name = '']) => name);
  const known = new Set([...Object.keys(variables), 'PATH']);
  assert.deepEqual(
    read.filter((name) => !known.has(name)),
    [],
  );
});

/** Of all that runs on a machine of `make run`, but the table itself. */
function productionText(): string {
  const packages = new URL('../../', import.meta.url);
  const files = ['server/src', 'provision/src'].flatMap((folder) =>
    readdirSync(new URL(folder, packages), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  );
  return files
    .filter((file) => file.endsWith('.ts') && file !== 'server/src/config-schema.ts')
    .map((file) => readFileSync(new URL(file, packages), 'utf8'))
    .join();
}
