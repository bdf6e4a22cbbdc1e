/** Files of other programs: which formats there are, and which one a file probably has. Pure. */
import type { ImportFormat } from '@partyline/protocol';
import type { Option } from '../ui/select-field.tsx';

export const importOptions: readonly Option<ImportFormat>[] = [
  { value: 'csv', label: 'CSV (Partyline)' },
  { value: 'json', label: 'JSON (Partyline)' },
  { value: 'kahoot', label: 'Kahoot (.xlsx)' },
  { value: 'wayground', label: 'Wayground, Quizizz (.xlsx)' },
  { value: 'blooket', label: 'Blooket (.csv)' },
  { value: 'gimkit', label: 'Gimkit (.csv)' },
  { value: 'opentdb', label: 'Open Trivia DB (.json)' },
  { value: 'gift', label: 'GIFT, Moodle text (.txt)' },
  { value: 'aiken', label: 'Aiken, Moodle text (.txt)' },
  { value: 'moodle_xml', label: 'Moodle XML (.xml)' },
];

const byEnding: Readonly<Record<string, ImportFormat>> = {
  csv: 'csv',
  tsv: 'csv',
  json: 'json',
  xlsx: 'kahoot',
  xml: 'moodle_xml',
  gift: 'gift',
  txt: 'gift',
};

/** A first guess from the name alone; people correct it. A file's name may say more than its ending. */
export function guessedFormat(name: string): ImportFormat {
  const lower = name.toLowerCase();
  const named = importOptions.find(({ value }) => value !== 'csv' && value !== 'json' && lower.includes(value));
  if (named !== undefined) return named.value;
  if (lower.includes('quizizz')) return 'wayground';
  return byEnding[lower.split('.').at(-1) ?? ''] ?? 'csv';
}
