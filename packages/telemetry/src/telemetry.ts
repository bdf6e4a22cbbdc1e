/** What one node reports of itself, put together: a log and the metrics of every part, in the shape each part asks for. */
import type { DestinationStream, Logger } from 'pino';
import { createInstruments, type Instruments } from './instruments.ts';
import { createLogger, isLogLevel, type LogLevel, logLevels } from './logger.ts';
import { createLoopLag } from './loop-lag.ts';
import type { Vocabulary } from './metric-table.ts';
import {
  type ArchiveCounts,
  archiveCounts,
  type GatewayCounts,
  gatewayCounts,
  type LeaderCounts,
  leaderCounts,
  type StoreCounts,
  storeCounts,
} from './role-metrics.ts';

export interface TelemetryOptions {
  readonly level: LogLevel;
  readonly node_id: string;
  readonly destination?: DestinationStream | undefined;
  /** What labels may say beyond the table's own words; without it those are all `other`. */
  readonly vocabulary?: Vocabulary;
}

export interface Telemetry {
  readonly log: Logger;
  level(): LogLevel;
  /** Throws a RangeError for a level there is not. */
  setLevel(level: string): void;
  readonly leader: LeaderCounts;
  readonly gateway: GatewayCounts;
  readonly store: StoreCounts;
  readonly archive: ArchiveCounts;
  readonly gauge: Instruments['gauge'];
  readonly watch: Instruments['watch'];
  /** In Prometheus' text format. */
  metricsText(): Promise<string>;
  readonly contentType: string;
  stop(): void;
}

const noWords: Vocabulary = { routes: [], close_codes: [], server_messages: [], client_messages: [], refusals: [] };

export function createTelemetry({ level, node_id, destination, vocabulary = noWords }: TelemetryOptions): Telemetry {
  const instruments = createInstruments(vocabulary);
  const lines = instruments.counter('partyline_log_lines_total');
  const log = createLogger({ level, node_id, destination, onLine: (name) => lines({ level: name }) });
  const lag = createLoopLag();
  instruments.watch('partyline_loop_lag_seconds', lag.take);
  return {
    log,
    level: () => log.level as LogLevel,
    setLevel(wanted) {
      if (!isLogLevel(wanted)) throw new RangeError(`the level must be one of ${logLevels.join(', ')}`);
      log.level = wanted;
    },
    leader: leaderCounts(instruments),
    gateway: gatewayCounts(instruments),
    store: storeCounts(instruments),
    archive: archiveCounts(instruments),
    gauge: instruments.gauge,
    watch: instruments.watch,
    metricsText: instruments.text,
    contentType: instruments.contentType,
    stop: lag.stop,
  };
}
