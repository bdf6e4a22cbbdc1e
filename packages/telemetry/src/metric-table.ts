/**
 * Every metric of the system, in one table: what it is called, what it counts, which labels it has and all that each label
 * may say. A test compares the README to it. Nothing a person typed may become a label: that is what keeps the number of
 * series bounded.
 */

/** Words that another package owns; the server passes them in. */
export interface Vocabulary {
  /** Templates of HTTP paths. */
  readonly routes: readonly string[];
  readonly close_codes: readonly number[];
  readonly server_messages: readonly string[];
  readonly client_messages: readonly string[];
  /** Codes of the WebSocket `error` message. */
  readonly refusals: readonly string[];
}

/** All that a label may say; whatever else comes is `other`. */
export type LabelValues =
  | readonly string[]
  | { readonly of: keyof Vocabulary; readonly and?: readonly string[] }
  /** Names of files in this repository (scripts, queries), and the version: their form and their number are held. */
  | 'file_names';

export interface Metric {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels?: Readonly<Record<string, LabelValues>>;
  /** Upper bounds, in the unit of the name. */
  readonly buckets?: readonly number[];
}

const shortWaits = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 1, 2.5, 5];
const longWaits = [0.1, 0.25, 0.5, 1, 1.5, 2, 3, 4, 5, 10, 30];
const sizes = [1, 2, 5, 10, 20, 50, 100, 200, 500];

const outcomes = ['done', 'failed'] as const;
const statuses = [
  ...['101', '200', '201', '204', '304', '400', '401', '403', '404', '405', '409'],
  ...['413', '415', '422', '426', '429', '500', '503'],
] as const;
/** What RFC 6455 gives out, and what peers and networks leave behind. */
const standardCloseCodes = [
  '1000',
  '1001',
  '1002',
  '1003',
  '1005',
  '1006',
  '1007',
  '1008',
  '1009',
  '1011',
  '1012',
  '1013',
];

export const metricTable = {
  partyline_node_info: {
    type: 'gauge',
    help: 'Always 1; its labels tell what this node is.',
    labels: {
      version: 'file_names',
      roles: ['gateway', 'leader', 'gateway,leader'],
      transport: ['uws', 'ws'],
    },
  },
  partyline_node_ready: { type: 'gauge', help: '1 while /readyz says yes.' },
  partyline_loop_lag_seconds: {
    type: 'gauge',
    help: 'How late the event loop was since the last scrape.',
    labels: { quantile: ['0.5', '0.99', '1'] },
  },
  partyline_log_lines_total: {
    type: 'counter',
    help: 'Log lines of level warn and above.',
    labels: { level: ['warn', 'error', 'fatal'] },
  },

  partyline_led_parties: { type: 'gauge', help: 'Parties this node leads.' },
  partyline_claims_total: {
    type: 'counter',
    help: 'Parties claimed; `restored`: a later epoch, after the store had lost its data.',
    labels: { history: ['original', 'restored'] },
  },
  partyline_leader_gap_seconds: {
    type: 'histogram',
    help: 'How long a party that was taken over had waited for its leader to move it on.',
    buckets: longWaits,
  },
  partyline_fenced_commits_total: {
    type: 'counter',
    help: 'Times a node was kept from writing because somebody else leads by now: by the fence, or by the end of its lease.',
  },
  partyline_gone_commits_total: { type: 'counter', help: 'Writes refused because the party has left the store.' },
  partyline_failed_steps_total: {
    type: 'counter',
    help: 'Steps of a party that ended in an error and were begun anew.',
  },
  partyline_tick_lateness_seconds: {
    type: 'histogram',
    help: 'How late a scheduled step of a party came.',
    buckets: shortWaits,
  },
  partyline_scored_rounds_total: { type: 'counter', help: 'Rounds scored by this node.' },
  partyline_scored_players_total: { type: 'counter', help: 'Players scored, summed over rounds.' },

  partyline_open_sockets: { type: 'gauge', help: 'Sockets open on this node.' },
  partyline_opened_sockets_total: {
    type: 'counter',
    help: 'Sockets opened.',
    labels: { role: ['host', 'player', 'spectator'] },
  },
  partyline_closed_sockets_total: {
    type: 'counter',
    help: 'Sockets closed, by close code: 4000-4099 for good, 4100-4199 reconnect.',
    labels: { code: { of: 'close_codes', and: standardCloseCodes } },
  },
  partyline_http_requests_total: {
    type: 'counter',
    help: 'HTTP calls answered, by the template of their path.',
    labels: { route: { of: 'routes', and: ['asset'] }, status: statuses },
  },
  partyline_http_request_seconds: {
    type: 'histogram',
    help: 'From a whole request to its answer.',
    labels: { route: { of: 'routes', and: ['asset'] } },
    buckets: shortWaits,
  },
  partyline_answers_total: {
    type: 'counter',
    help: 'Answers settled: accepted, stored before, or why not; `retry`: nobody knows yet, `paused`: told to come again after the pause.',
    labels: { result: { of: 'refusals', and: ['accepted', 'stored', 'paused'] } },
  },
  partyline_answer_ack_seconds: {
    type: 'histogram',
    help: 'From an answer received to its reply sent.',
    buckets: shortWaits,
  },
  partyline_answer_batch_answers: { type: 'histogram', help: 'Answers per script sent to the store.', buckets: sizes },
  partyline_broadcasts_total: {
    type: 'counter',
    help: 'Envelopes delivered to the sockets of this node.',
    labels: { type: { of: 'server_messages' } },
  },
  partyline_broadcast_frames_total: {
    type: 'counter',
    help: 'Frames sent for those envelopes.',
    labels: { type: { of: 'server_messages' } },
  },
  partyline_broadcast_delay_seconds: {
    type: 'histogram',
    help: 'From an envelope received to the last of its frames sent: the part of this node in the skew.',
    labels: { type: { of: 'server_messages' } },
    buckets: shortWaits,
  },
  partyline_broadcast_skew_seconds: {
    type: 'histogram',
    help: 'From a leader’s commit to the last of its frames sent to the sockets of this node, by way of Redis and on its clock.',
    labels: { type: { of: 'server_messages' } },
    buckets: shortWaits,
  },
  partyline_resyncs_total: {
    type: 'counter',
    help: 'Whole states sent, by what asked for them; `gap` and `doubt`: continuity could not be proved.',
    labels: { reason: ['connect', 'sync', 'gap', 'doubt', 'approved'] },
  },
  partyline_rate_limited_total: {
    type: 'counter',
    help: 'What was refused for being too much.',
    labels: { what: ['message', 'join', 'init', 'lookup', 'connect'] },
  },
  partyline_host_commands_total: {
    type: 'counter',
    help: 'Host commands queued.',
    labels: { type: { of: 'client_messages' } },
  },
  partyline_host_action_visible_seconds: {
    type: 'histogram',
    help: 'From a host command received until its reply and the frames that came with it are sent to every socket of this node.',
    buckets: shortWaits,
  },

  partyline_store_reachable: { type: 'gauge', help: '1 while Redis answers this node.' },
  partyline_lock_masters: {
    type: 'gauge',
    help: 'Redises that keep the leases, by whether they answer this node. Without a majority nobody leads.',
    labels: { state: ['answering', 'away'] },
  },
  partyline_store_commands_total: {
    type: 'counter',
    help: 'Scripts run in Redis, and what came of them.',
    labels: { script: 'file_names', outcome: ['done', 'store_unavailable', 'store_fault'] },
  },
  partyline_store_command_seconds: {
    type: 'histogram',
    help: 'How long scripts took, seen from here.',
    labels: { script: 'file_names' },
    buckets: shortWaits,
  },
  partyline_store_connections_total: {
    type: 'counter',
    help: 'Connections to Redis that came (`ready`) and went (`closed`).',
    labels: { role: ['commands', 'channels', 'locks'], state: ['ready', 'closed'] },
  },
  partyline_store_emptied_total: {
    type: 'counter',
    help: 'Times Redis came back without its data; each starts a new epoch.',
  },
  partyline_store_junk_total: { type: 'counter', help: 'What came in on a channel and was none of our messages.' },

  partyline_archive_reachable: { type: 'gauge', help: '1 while Postgres answers this node.' },
  partyline_archive_writes_total: {
    type: 'counter',
    help: 'Writes of results, checkpoints and players; a failed one is repeated.',
    labels: { write: ['open_party', 'enroll', 'checkpoint', 'keep_bans', 'save_results'], outcome: outcomes },
  },
  partyline_archive_write_seconds: {
    type: 'histogram',
    help: 'How long those writes took.',
    labels: { write: ['open_party', 'enroll', 'checkpoint', 'keep_bans', 'save_results'] },
    buckets: [...shortWaits, 10, 30],
  },
  partyline_archive_retries_total: {
    type: 'counter',
    help: 'Times a leader found the archive away and will try again.',
  },
  partyline_pending_results: { type: 'gauge', help: 'Finished parties led here whose results are not stored yet.' },
  partyline_pending_results_age_seconds: {
    type: 'gauge',
    help: 'How long ago the oldest of them ended; 0 where there is none.',
  },
  partyline_archive_queries_total: {
    type: 'counter',
    help: 'Statements sent to Postgres.',
    labels: { query: 'file_names', outcome: outcomes },
  },
  partyline_archive_query_seconds: { type: 'histogram', help: 'How long those statements took.', buckets: shortWaits },
  partyline_archive_connections: {
    type: 'gauge',
    help: 'Connections of the pool, and how many requests wait for one.',
    labels: { state: ['busy', 'idle', 'waiting'] },
  },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof metricTable;
export type MetricTable = typeof metricTable;
