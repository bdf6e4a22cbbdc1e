/**
 * Values held against schemas. Knows ajv, and puts what it finds into words: people read them, so they name the field
 * and never repeat the value.
 */
import { Ajv, type ErrorObject } from 'ajv';
import type Type from 'typebox';

export interface Fault {
  /** JSON pointer into the value; empty for the value itself. */
  path: string;
  message: string;
}

const mostFaults = 20;
const longestPath = 200;
/** About what a quiz of 150 questions holds. All faults of a hostile body cost several times what its parsing does. */
const mostValuesToSearch = 5_000;

// No `$data`: a value must never become part of the rule it is held against. Schemas compile on first use, on a socket
// server's one thread: without ajv's optimiser and its look at the schema itself (a test looks) a quiz takes 30 ms, not 190.
const options = {
  strict: true,
  discriminator: true,
  verbose: true,
  validateSchema: false,
  code: { optimize: false },
  formats: { uuid: true, uri: true, 'date-time': true },
} as const;
const untilFirst = new Ajv({ ...options, allErrors: false });
const untilLast = new Ajv({ ...options, allErrors: true });

export function isValid<Schema extends Type.TSchema>(schema: Schema, value: unknown): value is Type.Static<Schema> {
  return untilFirst.compile(schema)(value);
}

/** The first thing that is wrong, as a sentence; null where nothing is. For frames: cheap, and stops at once. */
export function faultIn(schema: Type.TSchema, value: unknown): string | null {
  const validate = untilFirst.compile(schema);
  if (validate(value)) return null;
  // Of a union's faults the deepest belongs to the alternative that was meant.
  const { path, message } = faultsOf(validate.errors).reduce((a, b) => (depth(b) > depth(a) ? b : a));
  return `${path === '' ? 'the message' : path.slice(1).replaceAll('/', '.')} ${message}`;
}

/** What is wrong, up to twenty faults; empty exactly where nothing is. Of a very large value only the first is found. */
export function faultsIn(schema: Type.TSchema, value: unknown): Fault[] {
  const validate = (hasAtMost(mostValuesToSearch, value) ? untilLast : untilFirst).compile(schema);
  return validate(value) ? [] : faultsOf(validate.errors).slice(0, mostFaults);
}

/** Walks with a stack of its own: a body may be nested more deeply than calls may. */
function hasAtMost(most: number, value: unknown): boolean {
  const waiting = [value];
  for (let seen = 0; waiting.length > 0; seen += 1) {
    if (seen >= most) return false;
    const next = waiting.pop();
    if (typeof next === 'object' && next !== null) for (const child of Object.values(next)) waiting.push(child);
  }
  return true;
}

function depth({ path }: Fault): number {
  return path.split('/').length;
}

function faultsOf(errors: ErrorObject[] | null | undefined): Fault[] {
  const faults: Fault[] = [];
  const types = new Map<string, string[]>();
  for (const error of errors ?? []) {
    // The alternatives of a union each complain of the type; together they say which types would do.
    const { keyword, instancePath, params } = error;
    if (keyword === 'type') types.set(instancePath, [...(types.get(instancePath) ?? []), params.type]);
    else faults.push(...inWords(error));
  }
  for (const [path, wanted] of types) {
    if (faults.length > 0 && wanted.join() === 'null') continue;
    faults.push({ path, message: `must be ${wanted.join(' or ')}` });
  }
  const known = faults.length > 0 ? faults : [{ path: '', message: 'does not have a known form' }];
  return known.map(({ path, message }) => ({ path: path.slice(0, longestPath), message }));
}

function inWords({ keyword, instancePath, params, schema, parentSchema, message }: ErrorObject): Fault[] {
  const of = (name: string) => `${instancePath}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  switch (keyword) {
    case 'additionalProperties':
      return [{ path: of(params.additionalProperty), message: 'is not a field that is known here' }];
    case 'required':
      return isAboutOneField(parentSchema as Branch)
        ? []
        : [{ path: of(params.missingProperty), message: 'is missing' }];
    case 'anyOf':
    case 'oneOf':
      return alternatives(keyword, instancePath, schema as Branch[]);
    case 'discriminator':
      return [{ path: of(params.tag), message: 'must be one of the kinds that are known' }];
    case 'enum':
      return [{ path: instancePath, message: `must be one of ${params.allowedValues.join(', ')}` }];
    case 'const':
      return [{ path: instancePath, message: `must be ${JSON.stringify(params.allowedValue)}` }];
    case 'pattern':
      return [{ path: instancePath, message: 'has characters or a form that is not allowed here' }];
    default:
      return [{ path: instancePath, message: message ?? 'is not valid' }];
  }
}

/** Where alternatives differ in which field must be there (`having`), they are named; else each has said so itself. */
function alternatives(keyword: 'anyOf' | 'oneOf', path: string, branches: Branch[]): Fault[] {
  if (!branches.every(isAboutOneField)) return [];
  const fields = branches.flatMap(({ required }) => required ?? []);
  return [{ path, message: `needs ${keyword === 'oneOf' ? 'exactly' : 'at least'} one of ${fields.join(', ')}` }];
}

interface Branch {
  type?: string;
  required?: string[];
}

/** Whether this is a `having` and not a schema that describes a whole object. */
function isAboutOneField({ type, required }: Branch): boolean {
  return type === undefined && required?.length === 1;
}
