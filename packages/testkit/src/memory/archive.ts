/** The archive in memory, for tests: the same contract as the one on Postgres, with faults on command. */
import {
  type AnswerRow,
  type Archive,
  type CategoryRow,
  type Checkpoint,
  type Choice,
  type Crowd,
  compareStandings,
  type FinalResults,
  isScored,
  type LeaderboardEntry,
  leaderboardEntry,
  newcomer,
  type Party,
  type PartyCounts,
  type Performance,
  type Question,
  type RoundCounts,
  type Settings,
  type StoredLeaderboard,
  type StoredResults,
  teamStandings,
  type UnfinishedParty,
} from '@partyline/core';
import { createOutage, type Outage } from './outage.ts';

export interface MemoryArchive extends Archive {
  readonly outage: Outage;
}

interface Round {
  epoch: number;
  question: Question;
  skipped: boolean;
  counts: Record<string, number>;
  answers: Checkpoint['answers'];
}

interface Ended {
  party: StoredResults['party'];
  ended_at: number;
  leaderboard: LeaderboardEntry[];
  categories: CategoryRow[];
}

interface Stored {
  party: Party | null;
  enrolled: Set<string>;
  rounds: Map<number, Round>;
  checkpoint: UnfinishedParty | null;
  ended: Ended | null;
}

export function createMemoryArchive(): MemoryArchive {
  const parties = new Map<string, Stored>();
  const erased = new Set<string>();
  const outage = createOutage();

  /** Nothing is written of a party that has ended or was erased. */
  function write(party_id: string, change: (stored: Stored) => void): Promise<void> {
    return outage.through(() => {
      if (erased.has(party_id)) return;
      const stored = parties.get(party_id) ?? emptyParty();
      if (stored.ended !== null) return;
      change(stored);
      parties.set(party_id, stored);
    });
  }

  function erase(party_id: string): boolean {
    if (!parties.delete(party_id)) return false;
    erased.add(party_id);
    return true;
  }

  const endedOf = (party_id: string): Ended | null => parties.get(party_id)?.ended ?? null;

  return {
    outage,
    openParty: (party) =>
      write(party.party_id, (stored) => {
        stored.party ??= structuredClone(party);
      }),
    enroll: (party_id, players) =>
      write(party_id, (stored) => {
        for (const { user_id } of players) stored.enrolled.add(user_id);
      }),
    checkpoint: (checkpoint) =>
      write(checkpoint.party.party_id, (stored) => takeCheckpoint(stored, structuredClone(checkpoint))),
    keepBans: (party_id, bans) =>
      write(party_id, ({ checkpoint }) => {
        if (checkpoint !== null) checkpoint.bans = united(checkpoint.bans, bans);
      }),
    unfinished: () =>
      outage.through(() => {
        const checkpoints = [...parties.values()].map((stored) => stored.checkpoint);
        return structuredClone(checkpoints.filter((checkpoint) => checkpoint !== null));
      }),
    running: (owner_id, limit) =>
      outage.through(() => {
        const open = [...parties.values()].flatMap(({ party, ended }) => (party === null || ended ? [] : [party]));
        const rooms = open.filter((party) => party.kind === 'room' && party.owner_id === owner_id);
        const newestFirst = rooms.toSorted((a, b) => b.created_at - a.created_at);
        return newestFirst.slice(0, limit).map(({ party_id }) => party_id);
      }),
    finished: (owner_id, { before, limit }) =>
      outage.through(() => {
        const ended = [...parties.values()].flatMap((stored) => stored.ended ?? []);
        const rooms = ended.filter(({ party, ended_at }) => {
          return party.kind === 'room' && party.owner_id === owner_id && ended_at < before;
        });
        const newestFirst = rooms.toSorted((a, b) => b.ended_at - a.ended_at);
        return newestFirst.slice(0, limit).map(({ party: { party_id, room_code, title, ended_at }, leaderboard }) => ({
          ...{ party_id, room_code, title, ended_at },
          players_total: leaderboard.length,
        }));
      }),
    saveResults: (results) => write(results.party.party_id, (stored) => takeResults(stored, structuredClone(results))),
    isOver: (party_id) => outage.through(() => erased.has(party_id) || endedOf(party_id) !== null),
    leaderboard: (party_id) =>
      outage.through(() => {
        const ended = endedOf(party_id);
        return ended && structuredClone(shownBoard(ended, null));
      }),
    results: (party_id, only_user) =>
      outage.through(() => {
        const stored = parties.get(party_id);
        return stored?.ended ? structuredClone(resultsOf(stored, stored.ended, only_user)) : null;
      }),
    questions: (party_id) =>
      outage.through(() => {
        const rounds = [...(parties.get(party_id)?.rounds ?? [])].sort(([a], [b]) => a - b);
        return structuredClone(rounds.map(([round, { question, skipped }]) => ({ round, question, skipped })));
      }),
    counts: (party_id) =>
      outage.through(() => {
        const stored = parties.get(party_id);
        return stored === undefined || stored.party === null ? null : structuredClone(countsOf(stored));
      }),
    performance: (user_id) =>
      outage.through(() => {
        const rows = [...parties.values()].flatMap((stored) => stored.ended?.categories ?? []);
        return performanceOf(
          user_id,
          rows.filter((row) => row.user_id === user_id),
        );
      }),
    eraseParty: (party_id) => outage.through(() => erase(party_id)),
    erasePlayer: (party_id, user_id) =>
      outage.through(() => {
        const stored = parties.get(party_id);
        if (stored === undefined) return 'not_found';
        return stored.ended === null ? 'still_running' : erasePlayer(stored, stored.ended, user_id);
      }),
    eraseEndedBefore: (instant) =>
      outage.through(() => {
        const old = [...parties].filter(([, { ended }]) => ended !== null && ended.ended_at < instant);
        return old.filter(([party_id]) => erase(party_id)).length;
      }),
  };
}

function emptyParty(): Stored {
  return { party: null, enrolled: new Set(), rounds: new Map(), checkpoint: null, ended: null };
}

function takeCheckpoint(stored: Stored, { played, answers, crowd, ...document }: Checkpoint): void {
  const { epoch, seq, party, quiz } = document;
  stored.party ??= party;
  const question = quiz.questions[played.round - 1];
  if (question === undefined) throw new RangeError(`round ${played.round} of ${party.party_id} has no question`);
  const before = stored.rounds.get(played.round);
  if (before === undefined || before.epoch < epoch) {
    stored.rounds.set(played.round, { epoch, question, skipped: played.skipped, counts: played.counts, answers });
  }
  const last = stored.checkpoint;
  const isLater =
    last === null ||
    compareHistory([last.epoch, last.seq, last.party.archived_through], [epoch, seq, party.archived_through]) < 0;
  if (!isLater) return;
  const { players, holds } = crowd === 'as_before' ? (last ?? nobody) : crowd;
  stored.checkpoint = { ...document, players, holds, bans: united(last?.bans ?? [], document.bans) };
}

const nobody: Crowd = { players: [], holds: [] };

const united = (some: string[], others: string[]): string[] => [...new Set([...some, ...others])];

/** Two rounds archived one after the other may stand at the same seq: the round decides then. */
function compareHistory(a: [number, number, number], b: [number, number, number]): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function takeResults(stored: Stored, results: FinalResults): void {
  const { party } = results;
  if (party.phase.name !== 'finished') {
    throw new TypeError(`party ${party.party_id} has no results before it is finished`);
  }
  for (const round of stored.rounds.keys()) if (round > party.current_round) stored.rounds.delete(round);
  const leaderboard = finalLeaderboard(results);
  const players = new Set(leaderboard.map((line) => line.user_id));
  const { party_id, game_id, room_code, kind, title, owner_id, rounds } = party;
  stored.party = party;
  stored.checkpoint = null;
  stored.enrolled = players;
  stored.ended = {
    party: {
      ...{ party_id, game_id, room_code, kind, title, owner_id, rounds },
      settings: { ...party.settings, passcode: null, roster: null },
      started_at: party.started_at === null ? null : new Date(party.started_at).toISOString(),
      ended_at: new Date(party.phase.ended_at).toISOString(),
    },
    ended_at: party.phase.ended_at,
    leaderboard,
    categories: categoriesOf(stored.rounds, players),
  };
}

function finalLeaderboard({ players, standings }: FinalResults): LeaderboardEntry[] {
  const accounts = new Map(standings);
  const better = standings.filter(([, standing]) => compareStandings(standing, newcomer) < 0).length;
  return players
    .filter((player) => player.status === 'playing')
    .map((player) => leaderboardEntry(player, accounts.get(player.user_id) ?? { ...newcomer, rank: better + 1 }))
    .sort((a, b) => a.rank - b.rank || (a.user_id < b.user_id ? -1 : 1));
}

function countsOf({ rounds, ended, enrolled }: Stored): PartyCounts {
  const lastAnswered = new Map<string, number>();
  const counted = [...rounds]
    .sort(([a], [b]) => a - b)
    .map(([round, { question, skipped, counts, answers }]): RoundCounts => {
      for (const { user_id } of answers) lastAnswered.set(user_id, Math.max(round, lastAnswered.get(user_id) ?? 0));
      return {
        ...{ round, question, skipped, counts },
        answered: answers.length,
        scorable: answers.filter(({ correct }) => correct !== null).length,
        correct: answers.filter(({ correct }) => correct === true).length,
        answered_ms: answers.reduce((sum, { elapsed_ms }) => sum + elapsed_ms, 0),
      };
    });
  const last = Math.max(0, ...rounds.keys());
  return {
    rounds: counted,
    players_total: ended?.leaderboard.length ?? enrolled.size,
    drop_outs: [...lastAnswered.values()].filter((round) => round <= last - 2).length,
  };
}

function categoriesOf(rounds: Stored['rounds'], players: ReadonlySet<string>): CategoryRow[] {
  const rows = new Map<string, CategoryRow>();
  for (const { question, skipped, answers } of rounds.values()) {
    if (skipped || !isScored(question)) continue;
    for (const { user_id, correct, points, elapsed_ms } of answers) {
      if (correct === null || !players.has(user_id)) continue;
      const key = JSON.stringify([user_id, question.category]);
      const row = rows.get(key) ?? { user_id, category: question.category, ...nothing };
      rows.set(key, {
        ...row,
        answered: row.answered + 1,
        correct: row.correct + (correct ? 1 : 0),
        points: row.points + points,
        answered_ms: row.answered_ms + elapsed_ms,
      });
    }
  }
  return [...rows.values()].sort((a, b) => compare(a.user_id, b.user_id) || compare(a.category, b.category));
}

const nothing = { answered: 0, correct: 0, points: 0, answered_ms: 0 };

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const LISTED_IN_FULL = 1_000;
const LISTED_OF_MORE = 100;

function wholeBoard({ leaderboard, party }: Ended): StoredLeaderboard {
  const teams = (party.settings as Partial<Settings>).teams == null ? [] : teamStandings(leaderboard);
  return { leaderboard, ...(teams.length === 0 ? {} : { teams }), players_total: leaderboard.length };
}

/** What everybody may see; a host sees all. */
function shownBoard(ended: Ended, asking: string | null): StoredLeaderboard {
  const { leaderboard } = ended;
  const isShown = (line: LeaderboardEntry, place: number): boolean =>
    leaderboard.length <= LISTED_IN_FULL || place < LISTED_OF_MORE || line.user_id === asking;
  return { ...wholeBoard(ended), leaderboard: leaderboard.filter(isShown) };
}

function resultsOf(stored: Stored, ended: Ended, only_user: string | null): StoredResults {
  const isWanted = (row: { user_id: string }): boolean => only_user === null || row.user_id === only_user;
  return {
    party: ended.party,
    ...(only_user === null ? wholeBoard(ended) : shownBoard(ended, only_user)),
    answers: answersOf(stored, ended).filter(isWanted),
    categories: ended.categories.filter(isWanted).map(({ answered_ms: _, ...row }) => row),
  };
}

function answersOf({ rounds }: Stored, { leaderboard }: Ended): AnswerRow[] {
  const nicknames = new Map(leaderboard.map((line) => [line.user_id, line.nickname]));
  return [...rounds]
    .sort(([a], [b]) => a - b)
    .flatMap(([round, { question, answers }]) =>
      answers
        .toSorted((a, b) => compare(a.user_id, b.user_id))
        .map(({ user_id, choice, correct, points, elapsed_ms }) => ({
          ...{ round, question_id: question.id, kind: question.kind, user_id },
          nickname: nicknames.get(user_id) ?? user_id,
          ...{ choice, correct, points, elapsed_ms },
        })),
    );
}

function performanceOf(user_id: string, rows: CategoryRow[]): Performance | null {
  if (rows.length === 0) return null;
  const categories = [...Map.groupBy(rows, (row) => row.category)].sort(([a], [b]) => compare(a, b));
  return {
    user_id,
    categories: categories.map(([category, games]) => {
      const sum = (of: 'answered' | 'correct' | 'points' | 'answered_ms') => games.reduce((n, game) => n + game[of], 0);
      const answered = sum('answered');
      return {
        ...{ category, answered, correct: sum('correct'), accuracy: sum('correct') / answered, points: sum('points') },
        ...{ mean_ms: Math.round(sum('answered_ms') / answered), parties: games.length },
      };
    }),
  };
}

function erasePlayer(stored: Stored, ended: Ended, user_id: string): 'erased' | 'not_found' {
  const isOther = (row: { user_id: string }): boolean => row.user_id !== user_id;
  const hasAnswered = [...stored.rounds.values()].some((round) => !round.answers.every(isOther));
  const isOwner = ended.party.owner_id === user_id;
  if (ended.leaderboard.every(isOther) && !hasAnswered && !isOwner) return 'not_found';
  for (const round of stored.rounds.values()) {
    for (const { choice } of round.answers.filter((row) => !isOther(row))) round.counts = lowered(round.counts, choice);
    round.answers = round.answers.filter(isOther);
  }
  ended.leaderboard = ended.leaderboard.filter(isOther);
  ended.categories = ended.categories.filter(isOther);
  if (isOwner) ended.party.owner_id = 'erased';
  return 'erased';
}

/** Counts without one answer. What was voted anonymously is not known, and stays. */
function lowered(counts: Record<string, number>, choice: Choice | null): Record<string, number> {
  const given = new Set([choice ?? []].flat().map(String));
  const entries = Object.entries(counts).map(([key, times]): [string, number] => [key, times - Number(given.has(key))]);
  return Object.fromEntries(entries.filter(([, times]) => times > 0));
}
