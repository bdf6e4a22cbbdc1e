/**
 * Schemas as a document holds them: each titled schema stands once under `components/schemas`, and everything else
 * refers to it. Knows neither calls nor messages.
 */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export interface Components {
  /** The schema itself, or a reference to it where it has a title. */
  refer(schema: object): JsonObject;
  /** Everything that was referred to, by title. */
  schemas(): JsonObject;
}

export function createComponents(): Components {
  const named = new Map<string, JsonObject>();

  function refer(schema: object): JsonObject {
    const { title } = schema as { title?: unknown };
    if (typeof title !== 'string') return fieldsOf(schema);
    if (!named.has(title)) {
      named.set(title, {});
      named.set(title, fieldsOf(schema));
    }
    return { $ref: `#/components/schemas/${title}` };
  }

  function fieldsOf(schema: object): JsonObject {
    const fields: JsonObject = {};
    for (const [name, value] of Object.entries(schema)) {
      // `discriminator` helps ajv; here it would have to list by component what `const` says in each alternative.
      if (name === 'discriminator') continue;
      fields[name] = name === 'properties' ? mapped(value) : written(value);
    }
    return fields;
  }

  /** By property name, so that a property that happens to be called `title` is not taken for a title. */
  function mapped(properties: object): JsonObject {
    return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, refer(schema)]));
  }

  function written(value: unknown): Json {
    if (Array.isArray(value)) return value.map(written);
    if (typeof value === 'object' && value !== null) return refer(value);
    return value as Json;
  }

  return { refer, schemas: () => Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1))) };
}
