/**
 * The table's metrics in the shape each part of the system counts in: the leader's and the gateway's `Metrics`, the stores'
 * observers. Takes milliseconds, as everything of ours does, and gives seconds, as Prometheus wants.
 */
import type { Instruments } from './instruments.ts';

const seconds = (ms: number): number => ms / 1_000;

export type LeaderCounts = ReturnType<typeof leaderCounts>;
export type GatewayCounts = ReturnType<typeof gatewayCounts>;
export type StoreCounts = ReturnType<typeof storeCounts>;
export type ArchiveCounts = ReturnType<typeof archiveCounts>;

export function leaderCounts({ counter, gauge, histogram }: Instruments) {
  const claims = counter('partyline_claims_total');
  const fenced = counter('partyline_fenced_commits_total');
  const gone = counter('partyline_gone_commits_total');
  const failedSteps = counter('partyline_failed_steps_total');
  const rounds = counter('partyline_scored_rounds_total');
  const players = counter('partyline_scored_players_total');
  const retries = counter('partyline_archive_retries_total');
  const lateness = histogram('partyline_tick_lateness_seconds');
  const led = gauge('partyline_led_parties');
  const gaps = histogram('partyline_leader_gap_seconds');
  return {
    claimed: (epoch: number) => claims({ history: epoch > 1 ? 'restored' : 'original' }),
    refused: (result: 'fenced' | 'gone') => (result === 'fenced' ? fenced({}) : gone({})),
    failed: () => failedSteps({}),
    scored(count: number) {
      rounds({});
      players({}, count);
    },
    archiveFailed: () => retries({}),
    tickLate: (ms: number) => lateness(seconds(ms), {}),
    leads: (parties: number) => led(parties, {}),
    gap: (ms: number) => gaps(seconds(ms), {}),
  };
}

export function gatewayCounts({ counter, histogram }: Instruments) {
  const opened = counter('partyline_opened_sockets_total');
  const closed = counter('partyline_closed_sockets_total');
  const requests = counter('partyline_http_requests_total');
  const requestTimes = histogram('partyline_http_request_seconds');
  const answers = counter('partyline_answers_total');
  const ackTimes = histogram('partyline_answer_ack_seconds');
  const batches = histogram('partyline_answer_batch_answers');
  const broadcasts = counter('partyline_broadcasts_total');
  const frames = counter('partyline_broadcast_frames_total');
  const delays = histogram('partyline_broadcast_delay_seconds');
  const skews = histogram('partyline_broadcast_skew_seconds');
  const resyncs = counter('partyline_resyncs_total');
  const limited = counter('partyline_rate_limited_total');
  const commands = counter('partyline_host_commands_total');
  const actions = histogram('partyline_host_action_visible_seconds');
  return {
    socketOpened: (role: 'host' | 'player' | 'spectator') => opened({ role }),
    socketClosed: (code: number) => closed({ code: String(code) }),
    request(route: string, status: number, ms: number) {
      requests({ route, status: String(status) });
      requestTimes(seconds(ms), { route });
    },
    answered(result: string, ms: number) {
      answers({ result });
      ackTimes(seconds(ms), {});
    },
    batch: (count: number) => batches(count, {}),
    delivered(type: string, sockets: number, waited: { here_ms: number; since_told_ms: number | null }) {
      broadcasts({ type });
      frames({ type }, sockets);
      delays(seconds(waited.here_ms), { type });
      if (waited.since_told_ms !== null) skews(seconds(waited.since_told_ms), { type });
    },
    resumed: (reason: 'connect' | 'sync' | 'gap' | 'doubt' | 'approved') => resyncs({ reason }),
    rateLimited: (what: 'message' | 'join' | 'init' | 'lookup' | 'connect') => limited({ what }),
    command: (type: string) => commands({ type }),
    hostActionVisible: (ms: number) => actions(seconds(ms), {}),
  };
}

export function storeCounts({ counter, histogram }: Instruments) {
  const commands = counter('partyline_store_commands_total');
  const times = histogram('partyline_store_command_seconds');
  const connections = counter('partyline_store_connections_total');
  const emptied = counter('partyline_store_emptied_total');
  const junk = counter('partyline_store_junk_total');
  return {
    command(script: string, ms: number, outcome: 'done' | 'store_unavailable' | 'store_fault') {
      commands({ script, outcome });
      times(seconds(ms), { script });
    },
    junk: (_channel: string) => junk({}),
    connection: (role: 'commands' | 'channels' | 'locks', state: 'ready' | 'closed') => connections({ role, state }),
    emptied: () => emptied({}),
  };
}

export type ArchiveWrite = 'open_party' | 'enroll' | 'checkpoint' | 'keep_bans' | 'save_results';

export function archiveCounts({ counter, histogram }: Instruments) {
  const writes = counter('partyline_archive_writes_total');
  const writeTimes = histogram('partyline_archive_write_seconds');
  const queries = counter('partyline_archive_queries_total');
  const queryTimes = histogram('partyline_archive_query_seconds');
  return {
    write(write: ArchiveWrite, ms: number, outcome: 'done' | 'failed') {
      writes({ write, outcome });
      writeTimes(seconds(ms), { write });
    },
    query({ name, ms, failed }: { name: string; ms: number; failed: boolean }) {
      queries({ query: name, outcome: failed ? 'failed' : 'done' });
      queryTimes(seconds(ms), {});
    },
  };
}
