/** Holds a label to what the table lets it say. Whatever comes that is not in there becomes `other`, whoever sent it. */
import type { LabelValues, Vocabulary } from './metric-table.ts';

export const other = 'other';

/** More files of one kind than this are not written by hand. */
const mostFileNames = 128;
const fileName = /^[a-z0-9][a-z0-9._-]{0,39}(?:\/[a-z0-9][a-z0-9._-]{0,39})?$/;

/** Null where the values are not known beforehand. */
export function knownValues(values: LabelValues, vocabulary: Vocabulary): string[] | null {
  if (values === 'file_names') return null;
  if ('of' in values) return [...vocabulary[values.of].map(String), ...(values.and ?? [])];
  return [...values];
}

export function boundedLabel(values: LabelValues, vocabulary: Vocabulary): (raw: string) => string {
  const known = knownValues(values, vocabulary);
  if (known !== null) {
    const allowed = new Set(known);
    return (raw) => (allowed.has(raw) ? raw : other);
  }
  const seen = new Set<string>();
  return (raw) => {
    if (seen.has(raw)) return raw;
    if (seen.size >= mostFileNames || !fileName.test(raw)) return other;
    seen.add(raw);
    return raw;
  };
}
