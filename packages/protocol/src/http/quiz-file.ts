/** Quizzes as files of other programs: which formats there are, and what an import says of each row. */
import Type from 'typebox';
import { closed, line, list, open, orNull, shown, whole, word } from '../vocabulary/primitive.ts';

export const importFormats = [
  'json',
  'csv',
  'opentdb',
  'kahoot',
  'gift',
  'aiken',
  'blooket',
  'gimkit',
  'wayground',
  'moodle_xml',
] as const;
export type ImportFormat = (typeof importFormats)[number];

export const exportFormats = ['json', 'csv', 'gift', 'aiken', 'kahoot', 'moodle_xml'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const ImportQuery = closed(
  {
    format: word(importFormats),
    dry_run: Type.Optional(word(['true', 'false'], { default: 'false', description: 'Report only; keep nothing.' })),
    title: Type.Optional(line(200, { description: 'Of the new quiz, where the file names none.' })),
  },
  { title: 'ImportQuery' },
);
export type ImportQuery = Type.Static<typeof ImportQuery>;

export const ExportQuery = closed({ format: word(exportFormats) }, { title: 'ExportQuery' });
export type ExportQuery = Type.Static<typeof ExportQuery>;

export const ImportRow = open(
  {
    row: whole(0, undefined, { description: 'Row, line or element of the file, from 1; 0 for the file itself.' }),
    column: orNull(shown(100)),
    code: shown(64, { description: 'Stable.' }),
    message: shown(500),
    severity: word(['error', 'warning'], { description: '`error`: a fault of the file; `warning`: none.' }),
    left_out: Type.Boolean({ description: 'Whether the row is not in the quiz, for whichever reason.' }),
  },
  { title: 'ImportRow' },
);
export type ImportRow = Type.Static<typeof ImportRow>;

export const ImportReport = open(
  {
    format: word(importFormats),
    dry_run: Type.Boolean(),
    quiz_id: orNull(shown(64), { description: 'null after a dry run, or where no row was good.' }),
    title: shown(200),
    imported: whole(0, undefined, { description: 'Questions kept, or that would be.' }),
    skipped: whole(0),
    rows: list(ImportRow, 10_000),
  },
  { title: 'ImportReport' },
);
export type ImportReport = Type.Static<typeof ImportReport>;
