import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  asyncApiDocument,
  clientMessages,
  closeCodes,
  type JsonObject,
  openApiDocument,
  pathParameters,
  problems,
  type Route,
  routes,
  serverMessageTypes,
  wsErrors,
} from '../src/index.ts';

const openApi = openApiDocument({ version: '1.2.3', servers: ['/'] });
const asyncApi = asyncApiDocument();

/** Follows `a/b/c`; undefined where the way ends early. */
function at(document: JsonObject, pointer: string): unknown {
  const names = pointer.split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.reduce<unknown>((found, name) => (found as Record<string, unknown> | undefined)?.[name], document);
}

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { $ref } = value as { $ref?: unknown };
  return [...(typeof $ref === 'string' ? [$ref] : []), ...Object.values(value).flatMap(references)];
}

function operationOf({ method, path }: Route): Record<string, unknown> {
  const escaped = path.replaceAll('/', '~1');
  return at(openApi, `paths/${escaped}/${method.toLowerCase()}`) as Record<string, unknown>;
}

for (const [name, document] of Object.entries({ OpenAPI: openApi, AsyncAPI: asyncApi })) {
  test(`${name}: every reference leads somewhere, and every schema is referred to`, () => {
    const followed = new Set(references(document));
    assert.ok(followed.size > 20);
    for (const reference of followed) {
      assert.ok(reference.startsWith('#/'), reference);
      assert.notEqual(at(document, reference.slice(2)), undefined, reference);
    }
    const schemas = Object.keys(at(document, 'components/schemas') as object);
    assert.deepEqual(
      schemas.filter((schema) => !followed.has(`#/components/schemas/${schema}`)),
      [],
    );
  });

  test(`${name}: the document is plain JSON and the same every time`, () => {
    assert.deepEqual(JSON.parse(JSON.stringify(document)), document);
    const again = name === 'OpenAPI' ? openApiDocument({ version: '1.2.3', servers: ['/'] }) : asyncApiDocument();
    assert.equal(JSON.stringify(again), JSON.stringify(document));
  });

  test(`${name}: component names are ones that generators take`, () => {
    for (const part of Object.values(at(document, 'components') as object)) {
      for (const key of Object.keys(part)) assert.match(key, /^[A-Za-z0-9._-]+$/);
    }
  });
}

test('OpenAPI: every route is an operation with answers, refusals and its rights', () => {
  for (const [name, route] of Object.entries<Route>(routes)) {
    const operation = operationOf(route);
    assert.equal(operation.operationId, name);
    const statuses = Object.keys(operation.responses as object);
    for (const status of Object.keys(route.responses)) assert.ok(statuses.includes(status), `${name} ${status}`);
    for (const code of route.problems) assert.ok(statuses.includes(String(problems[code].status)), `${name} ${code}`);
    assert.equal(operation.requestBody !== undefined, route.body !== undefined, name);
    for (const right of operation.security as object[]) {
      for (const scheme of Object.keys(right))
        assert.notEqual(at(openApi, `components/securitySchemes/${scheme}`), undefined);
    }
  }
});

test('OpenAPI: no two routes meet at one method and path, and every varying part of a path is described', () => {
  const list = Object.values<Route>(routes);
  assert.equal(new Set(list.map(({ method, path }) => `${method} ${path}`)).size, list.length);
  for (const { path } of list) {
    const named = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
    for (const name of named) assert.ok(name in pathParameters, path);
    const described = at(openApi, `paths/${path.replaceAll('/', '~1')}/parameters`) as { name: string }[];
    assert.deepEqual(
      described.map(({ name }) => name),
      named,
    );
  }
});

test('OpenAPI: every call of the contract is there', () => {
  const contract = [
    'POST /api/party/init',
    'POST /api/party/{party_id}/join',
    'GET /api/party/{party_id}/question_data',
    'GET /api/categories',
    'GET /api/quizzes',
    'POST /api/quizzes',
    'GET /api/quizzes/{quiz_id}',
    'PUT /api/quizzes/{quiz_id}',
    'DELETE /api/quizzes/{quiz_id}',
    'POST /api/quizzes/import',
    'POST /api/quizzes/{quiz_id}/duplicate',
    'GET /api/quizzes/{quiz_id}/export',
    'POST /api/rooms',
    'GET /api/rooms',
    'GET /api/rooms/{room_code}',
    'POST /api/rooms/{room_code}/host',
    'POST /api/rooms/{room_code}/join',
    'GET /api/party/{party_id}/leaderboard',
    'GET /api/party/{party_id}/stats',
    'GET /api/party/{party_id}/results',
    'DELETE /api/party/{party_id}/results',
    'GET /api/players/{user_id}/performance',
    'GET /openapi.json',
    'GET /asyncapi.json',
  ];
  const there = Object.values<Route>(routes).map(({ method, path }) => `${method} ${path}`);
  assert.deepEqual(there.toSorted(), contract.toSorted());
});

test('OpenAPI: the settings of a party are there with their defaults', () => {
  const settings = at(openApi, 'components/schemas/SettingsPatch/properties') as Record<string, { default?: unknown }>;
  const without = Object.keys(settings).filter((name) => settings[name]?.default === undefined);
  assert.deepEqual(without, ['nickname_policy']);
  const timeout = at(openApi, 'components/schemas/InitPartyRequest/properties/timeout') as { default?: unknown };
  assert.equal(timeout.default, 30);
});

test('OpenAPI: every setting says what it is for', () => {
  const isDescribed = (schema: JsonObject): boolean =>
    schema.description !== undefined ||
    (typeof schema.$ref === 'string' && isDescribed(at(openApi, schema.$ref.slice(2)) as JsonObject));
  for (const name of ['SettingsPatch', 'NicknamePolicyPatch']) {
    const settings = at(openApi, `components/schemas/${name}/properties`) as Record<string, JsonObject>;
    const silent = Object.entries(settings).filter(([, schema]) => !isDescribed(schema));
    assert.deepEqual(
      silent.map(([setting]) => setting),
      [],
      name,
    );
  }
});

test('AsyncAPI: every message of both sides is there, with a payload', () => {
  const messages = at(asyncApi, 'components/messages') as Record<string, { name: string; payload: object }>;
  const expected = [...Object.keys(clientMessages), ...serverMessageTypes];
  assert.deepEqual(
    Object.values(messages).map(({ name }) => name),
    expected,
  );
  for (const { payload } of Object.values(messages)) assert.deepEqual(Object.keys(payload).length > 0, true);
});

test('AsyncAPI: every refusal and every reason to close is documented', () => {
  assert.deepEqual(Object.keys(asyncApi['x-error-codes'] as object), Object.keys(wsErrors));
  const documented = asyncApi['x-close-codes'] as Record<string, { code: number; reconnect: boolean }>;
  assert.deepEqual(Object.keys(documented), Object.keys(closeCodes));
  for (const { code, reconnect } of Object.values(documented)) assert.equal(reconnect, code >= 4100);
});
