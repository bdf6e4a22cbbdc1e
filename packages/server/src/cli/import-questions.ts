/**
 * `make import-questions FILE=…`: adds a file of Open Trivia DB questions to the pool and says what became of each row.
 */
import { readFile } from 'node:fs/promises';
import {
  openTriviaOrigin,
  type PoolRow,
  poolRows,
  type ReportRow,
  readOpenTrivia,
  usualCaps,
} from '@partyline/formats';
import { openOwnDatabase } from './own-database.ts';

const USAGE = `make import-questions FILE=questions.json            adds what the pool does not have yet
make import-questions FILE=questions.json DRY_RUN=1  only says what would be added

The file is JSON as https://opentdb.com/api_config.php gives it.
`;

/** A file on this machine is the operator's own; 10,000 questions are too few for the whole collection's copies. */
const CAPS = { bytes: 20 * usualCaps.bytes, rows: 20 * usualCaps.rows };

interface Import {
  rows: PoolRow[];
  report: ReportRow[];
}

async function readImport(file: string): Promise<Import> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new Error(`${file}: ${why}. Nothing was changed.`);
  });
  const reading = readOpenTrivia(bytes, CAPS);
  if (reading.result === 'refused') throw new Error(`${file}: ${reading.message}. Nothing was changed.`);
  const { rows, report } = poolRows(reading.questions);
  return { rows, report: [...reading.report, ...report] };
}

const notAdded = ({ row }: PoolRow): ReportRow => ({
  row,
  column: null,
  level: 'warning',
  code: 'duplicate',
  message: 'the pool has this question already',
});

function reportText(report: ReportRow[]): string {
  const lines = report
    .toSorted((a, b) => a.row - b.row)
    .map(
      ({ row, column, level, message }) => `row ${row}: ${level}: ${column === null ? '' : `${column} `}${message}\n`,
    );
  return lines.join('');
}

async function importQuestions(environment: NodeJS.ProcessEnv): Promise<string> {
  const { FILE, DRY_RUN } = environment;
  if (!FILE) throw new Error(`which file?\n\n${USAGE}`);
  const { rows, report } = await readImport(FILE);
  const isDry = Boolean(DRY_RUN) && DRY_RUN !== '0';
  const { postgres, close } = await openOwnDatabase(environment);
  try {
    const added = isDry ? await postgres.newQuestions(rows) : await postgres.addQuestions(rows, openTriviaOrigin);
    const isAdded = new Set(added);
    const all = [...report, ...rows.filter((_, index) => !isAdded.has(index)).map(notAdded)];
    const sum = `${added.length} ${isDry ? 'would be added' : 'added'}, ${all.length} left out.\n`;
    return `${reportText(all)}${sum}`;
  } finally {
    await close();
  }
}

try {
  process.stdout.write(await importQuestions(process.env));
} catch (error) {
  process.stderr.write(`import-questions: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
