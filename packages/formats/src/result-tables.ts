/** A party's results as tables, for people who read them in a spreadsheet. */
import type { StoredResults } from '@partyline/core';
import type { Cell } from './table.ts';

export type ResultTable = 'leaderboard' | 'answers' | 'categories';

/** Column names first. */
export function resultRows(results: StoredResults, table: ResultTable): Cell[][] {
  switch (table) {
    case 'leaderboard':
      return [
        ['rank', 'nickname', 'score', 'correct', 'answered', 'mean_ms'],
        ...results.leaderboard.map((line): Cell[] => [
          line.rank,
          line.nickname,
          line.score,
          line.correct,
          line.answered,
          line.mean_ms,
        ]),
      ];
    case 'answers':
      return [
        ['round', 'question', 'kind', 'nickname', 'choice', 'correct', 'points', 'elapsed_ms'],
        ...results.answers.map((row): Cell[] => [
          row.round,
          row.question_id,
          row.kind,
          row.nickname,
          // `|` is what neither a comma nor a semicolon locale takes for the end of a cell.
          Array.isArray(row.choice) ? row.choice.join('|') : row.choice,
          row.correct,
          row.points,
          row.elapsed_ms,
        ]),
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
