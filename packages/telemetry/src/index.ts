/** The log and the metrics of a node. Knows nothing of the game. */
export { isLogLevel, type LogLevel, logLevels } from './logger.ts';
export { type Metric, type MetricName, metricTable, type Vocabulary } from './metric-table.ts';
export { metricsMarkdown } from './metrics-markdown.ts';
export type { ArchiveCounts, ArchiveWrite, GatewayCounts, LeaderCounts, StoreCounts } from './role-metrics.ts';
export { createTelemetry, type Telemetry, type TelemetryOptions } from './telemetry.ts';
