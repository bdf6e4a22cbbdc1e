/** Quizzes as files of other programs: what is read becomes a quiz of the host's, and a quiz of theirs a file. */
import type { AuthoredQuiz } from '@partyline/core';
import { type ExportedQuiz, exportQuiz, fileName, type ImportedQuiz, importQuiz } from '@partyline/formats';
import { ExportQuery, ImportQuery, type ImportReport, parseQuery } from '@partyline/protocol';
import { answer, type Handler, refuse, reply } from './call.ts';
import type { QuizPorts } from './quiz-calls.ts';
import { fileReply } from './result-files.ts';

const mostListed = 20;

export function quizFileCalls({ quizzes, hosts }: QuizPorts): Record<'importQuiz' | 'exportQuiz', Handler> {
  return {
    importQuiz: (call) =>
      hosts.asHost(call, async (host) => {
        const { query, headers, body } = call.request;
        const parsed = parseQuery(ImportQuery, query);
        if (!parsed.ok) return answer(parsed.problem);
        if (headers.get('content-type')?.toLowerCase().startsWith('multipart/') === true) {
          return refuse('unsupported_media_type', "send the file's bytes as the body, not as a form");
        }
        const { format, dry_run, title } = parsed.value;
        const imported = await importQuiz(format, body, title === undefined ? {} : { title });
        if (imported.unreadable !== null) {
          const { code, message } = imported.unreadable;
          return refuse('import_unreadable', message, { reason: code });
        }
        const { quiz } = imported;
        const isDry = dry_run === 'true';
        if (quiz === null || isDry) return reply(200, reportOf(imported, { format, dry_run: isDry, quiz_id: null }));
        const { quiz_id } = await quizzes.create(host.id, { title: quiz.title, document: quiz });
        return reply(201, reportOf(imported, { format, dry_run: false, quiz_id }));
      }),
    exportQuiz: (call) =>
      hosts.asHost(call, async (host) => {
        const parsed = parseQuery(ExportQuery, call.request.query);
        if (!parsed.ok) return answer(parsed.problem);
        const stored = await quizzes.get(host.id, call.params.quiz_id ?? '');
        if (stored === null) return refuse('quiz_not_found');
        const { format } = parsed.value;
        const file = await exportQuiz(format, stored.document as AuthoredQuiz);
        if (file.exported === 0) return nothingFits(file, format);
        const { media_type, extension } = file;
        const response = fileReply(file.bytes, { media_type, name: fileName(stored.title, extension) });
        return { ...response, headers: { ...response.headers, ...leftOut(file) } };
      }),
  };
}

function reportOf(
  { title, imported, skipped, rows }: ImportedQuiz,
  about: Pick<ImportReport, 'format' | 'dry_run' | 'quiz_id'>,
): ImportReport {
  return { ...about, title, imported, skipped, rows };
}

/** A file has no room for a report: the numbers of the questions that are not in it, or not with all they have. */
function leftOut({ notes }: ExportedQuiz): Record<string, string> {
  const questions = (effect: 'left_out' | 'changed'): string =>
    [...new Set(notes.filter((note) => note.effect === effect).map(({ question }) => question))].join(', ');
  return Object.fromEntries(
    [
      ['questions-left-out', questions('left_out')] as const,
      ['questions-changed', questions('changed')] as const,
    ].filter(([, numbers]) => numbers !== ''),
  );
}

function nothingFits({ notes }: ExportedQuiz, format: string): ReturnType<typeof refuse> {
  const errors = notes
    .slice(0, mostListed)
    .map(({ question, message }) => ({ path: `/questions/${question - 1}`, message }));
  return refuse('quiz_invalid', `none of its questions can be written as ${format}`, { errors });
}
