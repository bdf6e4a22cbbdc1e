/**
 * The few shapes every schema is made of, each with its bounds built in, so that no schema can forget them. What comes
 * from outside refuses NUL and lone surrogates: Postgres stores neither, and two ids that differ only in a lone
 * surrogate become one id in UTF-8.
 */
import Type from 'typebox';

/** One line of text: no control characters, no line or paragraph separators, no lone surrogates. */
const linePattern = '^[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]*$';
/** Text of several lines: tab, line feed and carriage return are allowed too. */
const prosePattern = '^[^\\p{Cs}\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$';

/** Larger than any number a quiz asks for, small enough that a double still holds every integer below it. */
const largestNumber = 1e15;

/** From outside: 1 to `maxLength` code points on one line. */
export function line(maxLength: number, options: Type.TStringOptions = {}): Type.TString {
  return Type.String({ minLength: 1, maxLength, pattern: linePattern, ...options });
}

/** From outside: 1 to `maxLength` code points, line breaks allowed. */
export function prose(maxLength: number, options: Type.TStringOptions = {}): Type.TString {
  return Type.String({ minLength: 1, maxLength, pattern: prosePattern, ...options });
}

/** From us: text that was judged when it came in. */
export function shown(maxLength: number, options: Type.TStringOptions = {}): Type.TString {
  return Type.String({ maxLength, ...options });
}

export function whole(
  minimum: number,
  maximum = Number.MAX_SAFE_INTEGER,
  options: Type.TNumberOptions = {},
): Type.TInteger {
  return Type.Integer({ minimum, maximum, ...options });
}

/** Any finite number a quiz may ask for. */
export function decimal(options: Type.TNumberOptions = {}): Type.TNumber {
  return Type.Number({ minimum: -largestNumber, maximum: largestNumber, ...options });
}

export function list<Item extends Type.TSchema>(
  item: Item,
  maxItems: number,
  options: Type.TArrayOptions = {},
): Type.TArray<Item> {
  return Type.Array(item, { maxItems, ...options });
}

/** One of a few words. */
export function word<const Words extends readonly string[]>(
  words: Words,
  options: Type.TSchemaOptions = {},
): Type.TUnsafe<Words[number]> {
  return Type.Unsafe<Words[number]>({ type: 'string', enum: [...words], ...options });
}

export function orNull<Schema extends Type.TSchema>(
  schema: Schema,
  options: Type.TSchemaOptions = {},
): Type.TUnion<[Schema, Type.TNull]> {
  return Type.Union([schema, Type.Null()], options);
}

/** Numbers by key: a tally. */
export function tally(options: Type.TSchemaOptions = {}): Type.TUnsafe<Record<string, number>> {
  return Type.Unsafe<Record<string, number>>({
    type: 'object',
    maxProperties: 1_000,
    additionalProperties: whole(0),
    ...options,
  });
}

/** What comes from outside: a field that is not named here is refused. */
export function closed<Properties extends Type.TProperties>(
  properties: Properties,
  options: Type.TObjectOptions = {},
): Type.TObject<Properties> {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

/** The alternative in which an optional field is there; for `oneOf` and `anyOf` beside the field's own schema. */
export function having(field: string): object {
  return { required: [field], properties: { [field]: {} } };
}

/** What comes from us: fields may be added, so readers must let unknown ones pass. */
export function open<Properties extends Type.TProperties>(
  properties: Properties,
  options: Type.TObjectOptions = {},
): Type.TObject<Properties> {
  return Type.Object(properties, options);
}
