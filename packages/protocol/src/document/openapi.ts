/** The OpenAPI 3.1 document, written from the routes that are served and the schemas that judge their traffic. */
import { ProblemDocument } from '../http/problem.ts';
import { type ProblemCode, problems } from '../http/problem-code.ts';
import { type Content, problemsOf, type Route } from '../http/route.ts';
import { routes } from '../http/routes.ts';
import { IdempotencyKey, pathParameters } from '../vocabulary/identifier.ts';
import { type Components, createComponents, type JsonObject } from './components.ts';

const securitySchemes = {
  host_key: { type: 'http', scheme: 'bearer', description: 'A host key: may store quizzes and open rooms.' },
  host_token: {
    type: 'http',
    scheme: 'bearer',
    description: "The right to lead one party, in a room; in a quick party its initiator's token.",
  },
  player_token: { type: 'http', scheme: 'bearer', description: 'The right to be one player of one party.' },
};

export function openApiDocument({
  version,
  servers = [],
}: {
  version: string;
  servers?: readonly string[];
}): JsonObject {
  const components = createComponents();
  const paths: Record<string, JsonObject> = {};
  for (const [name, route] of Object.entries<Route>(routes)) {
    const path = paths[route.path] ?? { parameters: parametersOf(route.path, components) };
    path[route.method.toLowerCase()] = operation(name, route, components);
    paths[route.path] = path;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Partyline',
      version,
      description: 'Multiplayer quiz parties. The messages of `/ws/{party_id}` are described in `/asyncapi.json`.',
    },
    ...(servers.length === 0 ? {} : { servers: servers.map((url) => ({ url })) }),
    paths,
    components: { schemas: components.schemas(), securitySchemes },
  };
}

function operation(name: string, route: Route, components: Components): JsonObject {
  const parameters = [...queryOf(route, components), ...headersOf(route, components)];
  return {
    operationId: name,
    summary: route.summary,
    security: securityOf(route),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: true, content: contentOf(route.body, components) } }),
    responses: { ...answersOf(route, components), ...refusalsOf(route, components) },
  };
}

function parametersOf(path: string, components: Components): JsonObject[] {
  return Object.entries(pathParameters)
    .filter(([name]) => path.includes(`{${name}}`))
    .map(([name, schema]) => ({ name, in: 'path', required: true, schema: components.refer(schema) }));
}

function queryOf({ query }: Route, components: Components): JsonObject[] {
  if (query === undefined) return [];
  const required: readonly string[] = query.required ?? [];
  return Object.entries(query.properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: components.refer(schema),
  }));
}

function headersOf({ idempotent }: Route, components: Components): JsonObject[] {
  if (idempotent === undefined) return [];
  return [{ name: 'Idempotency-Key', in: 'header', required: false, schema: components.refer(IdempotencyKey) }];
}

function securityOf({ auth }: Route): JsonObject[] {
  const accepted = auth.accepts.map((credential) => ({ [credential]: [] }));
  return auth.needed === 'always' ? accepted : [...accepted, {}];
}

function answersOf({ responses }: Route, components: Components): JsonObject {
  const answers = Object.entries(responses).map(([status, content]) => [
    status,
    {
      description: described[status] ?? 'Done.',
      ...(content.form === 'empty' ? {} : { content: contentOf(content, components) }),
    },
  ]);
  return Object.fromEntries(answers);
}

const described: Readonly<Record<string, string>> = { 201: 'Made.', 204: 'Done; there is nothing to say.' };

function contentOf(content: Content, components: Components): JsonObject {
  switch (content.form) {
    case 'json':
      return { 'application/json': { schema: components.refer(content.schema) } };
    case 'file': {
      const { media_types, schema } = content;
      const hasSchema = (media_type: string) => media_type === 'application/json' && schema !== undefined;
      return Object.fromEntries(
        media_types.map((type) => [type, hasSchema(type) ? { schema: components.refer(schema ?? {}) } : {}]),
      );
    }
    case 'empty':
      return {};
  }
}

/** Problems by status, each with the codes that may be met there. */
function refusalsOf(route: Route, components: Components): JsonObject {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemsOf(route)) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const schema = components.refer(ProblemDocument);
  const refusals = [...byStatus].map(([status, met]) => [
    String(status),
    {
      description: met.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
      content: { 'application/problem+json': { schema: { ...schema, properties: { code: { enum: met } } } } },
    },
  ]);
  return Object.fromEntries(refusals);
}
