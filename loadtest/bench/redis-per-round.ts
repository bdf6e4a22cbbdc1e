/** What Redis did in a round. Pure. */
import type { RoundResult } from './rows/quiz-round.ts';

const perRound = (result: RoundResult, count: number, idlePerSecond: number): number =>
  Math.max(0, count - (idlePerSecond * result.redis.ms) / 1_000) / result.rounds;

/** Redis' work in a round, its idle background taken off. */
export function redisOf(result: RoundResult): { scripts: number; commands: number; publishes: number; bytes: number } {
  const { redis, idle } = result;
  return {
    scripts: perRound(result, redis.scripts, idle.scripts),
    commands: perRound(result, redis.commands, idle.commands),
    publishes: perRound(result, redis.calls.publish ?? 0, idle.publishes),
    bytes: perRound(result, redis.bytes_in + redis.bytes_out, idle.bytes),
  };
}
