/**
 * What counting costs: the calls one player-round makes, timed in this process, as a share of the CPU a player-round costs.
 * (A node cannot be started without its metrics, so the two are not measured side by side.)
 */
import { createTelemetry } from '@partyline/telemetry';

const times = 200_000;

/** µs of CPU for the metrics of one player-round: one answer, its share of a batch, and three frames' share of a fan-out. */
export function metricsUsPerPlayerRound(batch: number): number {
  const { gateway, store, stop } = createTelemetry({ level: 'silent', node_id: 'bench' });
  const playerRounds = (count: number): void => {
    for (let n = 0; n < count; n += 1) {
      gateway.answered('accepted', 3);
      if (n % batch !== 0) continue;
      gateway.batch(batch);
      store.command('accept-answers', 1, 'done');
    }
  };
  playerRounds(times / 4);
  const before = process.cpuUsage();
  playerRounds(times);
  const { user, system } = process.cpuUsage(before);
  stop();
  return (user + system) / times;
}
