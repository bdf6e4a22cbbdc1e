/** Values made from schemas by a seeded generator, and the damage done to them. The same seed makes the same values. */

export interface Chance {
  /** Uniform on 0..n-1. */
  below(n: number): number;
  /** True once in `n` times. */
  oneIn(n: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/** mulberry32. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  return { below, oneIn: (n) => below(n) === 0, pick };
}

export interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minimum?: number;
  maximum?: number;
  maxProperties?: number;
  pattern?: string;
  format?: string;
  title?: string;
}

/** A value that the schema accepts. Lists stay short, so that a thousand of them are made in no time. */
export function valueFor(schema: Schema, chance: Chance): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return chance.pick(schema.enum);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined && schema.properties === undefined) return valueFor(chance.pick(branches), chance);
  switch (schema.type) {
    case 'string':
      return textOf(schema, chance);
    case 'integer':
      return (schema.minimum ?? 0) + chance.below(Math.min(1000, (schema.maximum ?? 1000) - (schema.minimum ?? 0) + 1));
    case 'number':
      return Math.max(schema.minimum ?? -1, chance.below(1000) / 1000);
    case 'boolean':
      return chance.oneIn(2);
    case 'array':
      return listOf(schema, chance);
    case 'object':
      return objectOf(schema, chance);
    default:
      return null;
  }
}

function textOf({ minLength = 0, maxLength = 10, format, pattern }: Schema, chance: Chance): string {
  if (format === 'uuid') return '01234567-89ab-cdef-0123-456789abcdef';
  if (format === 'uri') return 'https://media.example/a.png';
  if (format === 'date-time') return '2026-01-02T03:04:05Z';
  // Patterns that name the few characters they allow all allow digits.
  const alphabet =
    pattern === undefined || pattern.includes('Cs') ? ['7', 'a', ' ', 'é', '日', '🎲', '"', '\\'] : ['7', '0'];
  const length = Math.max(minLength, chance.below(Math.min(maxLength, 12) + 1));
  return Array.from({ length }, () => chance.pick(alphabet)).join('');
}

function listOf({ items = {}, minItems = 0, maxItems = 3, uniqueItems = false }: Schema, chance: Chance): unknown[] {
  const length = Math.max(minItems, chance.below(Math.min(maxItems, 3) + 1));
  return Array.from({ length: uniqueItems ? Math.max(minItems, Math.min(1, length)) : length }, () =>
    valueFor(items, chance),
  );
}

function objectOf(schema: Schema, chance: Chance): Record<string, unknown> {
  if (schema.properties === undefined) return typeof schema.additionalProperties === 'object' ? { a: 1, __b: 2 } : {};
  // Of alternatives that ask for one optional field each, exactly one is met.
  const branches = (schema.anyOf ?? schema.oneOf ?? []).map((branch) => branch.required?.[0]);
  const met = branches.length === 0 ? undefined : chance.pick(branches);
  const wanted = Object.entries(schema.properties).filter(([name]) => {
    if (branches.includes(name)) return name === met;
    return schema.required?.includes(name) === true || chance.oneIn(2);
  });
  return Object.fromEntries(wanted.map(([name, part]) => [name, valueFor(part, chance)]));
}

const poison: readonly unknown[] = [
  null,
  true,
  '',
  '\u0000',
  '\ud800',
  '__proto__',
  'x'.repeat(700),
  -1,
  1.5,
  1e300,
  [],
  {},
  [[[[[[]]]]]],
  { constructor: { prototype: { polluted: true } } },
  Array.from({ length: 30 }, () => 'a'),
];
const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'type', 'id', 'data', '', 'é', 'length'];

/** JSON text of a value with one thing wrong in it, or with its bytes cut and swapped. */
export function damaged(value: unknown, chance: Chance): string {
  const text = JSON.stringify(chance.oneIn(3) ? value : withPoison(value, chance)) ?? '';
  if (!chance.oneIn(4)) return text;
  const at = chance.below(text.length + 1);
  return chance.oneIn(2)
    ? text.slice(0, at)
    : text.slice(0, at) + chance.pick(['{', '}', '"', '\\u0000', '1e999', ',']) + text.slice(at);
}

function withPoison(value: unknown, chance: Chance): unknown {
  if (Array.isArray(value) && value.length > 0 && !chance.oneIn(4)) {
    const at = chance.below(value.length);
    return value.map((item, place) => (place === at ? withPoison(item, chance) : item));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return chance.pick(poison);
  const fields = Object.entries(value);
  const at = chance.below(fields.length + 1);
  const changed = fields.map(([name, part], place) => [name, place === at ? withPoison(part, chance) : part]);
  // `fromEntries` makes an own field even of `__proto__`, as JSON.parse does.
  return Object.fromEntries(at < fields.length ? changed : [...changed, [chance.pick(names), chance.pick(poison)]]);
}
