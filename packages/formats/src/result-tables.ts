/** A party's results as tables, for people who read them in a spreadsheet. */
import { type ReadableResults, readableAnswer } from './readable-results.ts';
import type { Cell } from './table.ts';

export type ResultTable = 'leaderboard' | 'answers' | 'categories';

/** Column names first. */
export function resultRows(results: ReadableResults, table: ResultTable): Cell[][] {
  switch (table) {
    case 'leaderboard': {
      const hasTeams = results.leaderboard.some(({ team }) => team !== undefined);
      return [
        ['rank', 'nickname', 'score', 'correct', 'answered', 'mean_ms', ...(hasTeams ? ['team'] : [])],
        ...results.leaderboard.map((line): Cell[] => [
          line.rank,
          line.nickname,
          line.score,
          line.correct,
          line.answered,
          line.mean_ms,
          ...(hasTeams ? [line.team ?? ''] : []),
        ]),
      ];
    }
    case 'answers':
      return [
        ['round', 'question', 'kind', 'nickname', 'choice', 'correct', 'points', 'elapsed_ms'],
        ...results.answers.map((row): Cell[] => {
          const { prompt, choice } = readableAnswer(row, results);
          return [row.round, prompt, row.kind, row.nickname, choice, row.correct, row.points, row.elapsed_ms];
        }),
      ];
    case 'categories': {
      const nicknames = new Map(results.leaderboard.map(({ user_id, nickname }) => [user_id, nickname]));
      return [
        ['nickname', 'category', 'answered', 'correct', 'points'],
        ...results.categories.map((row): Cell[] => [
          nicknames.get(row.user_id) ?? row.user_id,
          row.category,
          row.answered,
          row.correct,
          row.points,
        ]),
      ];
    }
  }
}
