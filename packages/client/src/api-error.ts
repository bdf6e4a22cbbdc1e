/** A call that the server refused, as RFC 9457 says it; or an answer that was none of the server's own. */
import type { ProblemCode, ProblemDocument } from '@partyline/protocol';

export class ApiError extends Error {
  readonly status: number;
  /** Stable: match on this. `unreadable`: something between here and the server answered instead. */
  readonly code: ProblemCode | 'unreadable';
  readonly detail: string;
  readonly errors: { path: string; message: string }[];
  /** Everything the server said, with members that only some problems have. */
  readonly problem: Partial<ProblemDocument>;

  constructor(status: number, problem: Partial<ProblemDocument>) {
    const detail = problem.detail ?? problem.title ?? `the server answered ${status}`;
    super(detail);
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code ?? 'unreadable';
    this.detail = detail;
    this.errors = problem.errors ?? [];
    this.problem = problem;
  }
}

export async function apiError(response: Response): Promise<ApiError> {
  const problem: unknown = await response.json().catch(() => null);
  const isProblem = typeof problem === 'object' && problem !== null && 'code' in problem;
  return new ApiError(response.status, isProblem ? (problem as Partial<ProblemDocument>) : {});
}
