/** Authored quizzes: each belongs to the host key that made it, and to any other key it does not exist. */
import { type AuthoredQuiz, type Quizzes, quizFaults, type StoredQuiz } from '@partyline/core';
import { parseBody, QuizBody } from '@partyline/protocol';
import type { HttpResponse } from '../transport/transport.ts';
import { answer, type Call, type Handler, refuse, reply } from './call.ts';
import type { Hosts } from './host.ts';

export interface QuizPorts {
  quizzes: Quizzes;
  hosts: Hosts;
}

type QuizCall = 'listQuizzes' | 'createQuiz' | 'getQuiz' | 'replaceQuiz' | 'deleteQuiz' | 'duplicateQuiz';

export function quizCalls({ quizzes, hosts }: QuizPorts): Record<QuizCall, Handler> {
  return {
    listQuizzes: (call) =>
      hosts.asHost(call, async (host) => {
        const list = await quizzes.list(host.id);
        return reply(200, { quizzes: list.map((quiz) => ({ ...quiz, ...dates(quiz) })) });
      }),
    createQuiz: (call) =>
      hosts.asHost(call, async (host) =>
        withQuiz(call, async (quiz) =>
          stored(201, await quizzes.create(host.id, { title: quiz.title, document: quiz })),
        ),
      ),
    getQuiz: (call) => hosts.asHost(call, async (host) => stored(200, await quizzes.get(host.id, quizId(call)))),
    replaceQuiz: (call) =>
      hosts.asHost(call, async (host) =>
        withQuiz(call, async (quiz) =>
          stored(200, await quizzes.update(host.id, quizId(call), { title: quiz.title, document: quiz })),
        ),
      ),
    deleteQuiz: (call) =>
      hosts.asHost(call, async (host) =>
        (await quizzes.delete(host.id, quizId(call)))
          ? { status: 204, headers: {}, body: '' }
          : refuse('quiz_not_found'),
      ),
    duplicateQuiz: (call) =>
      hosts.asHost(call, async (host) => {
        const original = await quizzes.get(host.id, quizId(call));
        if (original === null) return refuse('quiz_not_found');
        const title = copyTitle(original.title);
        const document = { ...(original.document as AuthoredQuiz), title };
        return stored(201, await quizzes.create(host.id, { title, document }));
      }),
  };
}

/** Parses and judges a quiz; what cannot be played is refused by the number of the question at fault. */
async function withQuiz(call: Call, use: (quiz: AuthoredQuiz) => Promise<HttpResponse>): Promise<HttpResponse> {
  const parsed = parseBody(QuizBody, call.request.body);
  if (!parsed.ok) return answer(parsed.problem);
  const refusal = quizRefusal(parsed.value);
  return refusal ?? use(parsed.value);
}

export function quizRefusal(quiz: AuthoredQuiz): HttpResponse | null {
  const [first, ...others] = quizFaults(quiz);
  if (first === undefined) return null;
  const { question, message } = first;
  const detail = question === null ? message : `question ${question}: ${message}`;
  const errors = [first, ...others].slice(0, 20).map((fault) => ({
    path: fault.question === null ? '/title' : `/questions/${fault.question - 1}`,
    message: fault.message,
  }));
  return refuse('quiz_invalid', detail, question === null ? { errors } : { question, errors });
}

function stored(status: number, quiz: StoredQuiz | null): HttpResponse {
  if (quiz === null) return refuse('quiz_not_found');
  return reply(status, { quiz_id: quiz.quiz_id, ...dates(quiz), ...(quiz.document as AuthoredQuiz) });
}

function dates({ created_at, updated_at }: { created_at: number; updated_at: number }): {
  created_at: string;
  updated_at: string;
} {
  return { created_at: new Date(created_at).toISOString(), updated_at: new Date(updated_at).toISOString() };
}

function copyTitle(title: string): string {
  return `${[...title].slice(0, 190).join('')} (copy)`;
}

function quizId({ params }: Call): string {
  return params.quiz_id ?? '';
}
