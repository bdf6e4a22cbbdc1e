/** The composition root: configuration, one node, a whole Partyline under supervision. */
export { ConfigError, readEnvironment, readNodeEnvironment } from './config.ts';
export type { Environment } from './config-schema.ts';
export { type RunningNode, startNode } from './node.ts';
export { type Cluster, startCluster } from './supervisor/cluster.ts';
export { type Running, readRunning } from './supervisor/running.ts';
