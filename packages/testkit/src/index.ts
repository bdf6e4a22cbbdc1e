export { type Certificates, privateCertificates } from './certificates.ts';
export { type FaultProxy, faultProxy } from './cluster/fault-proxy.ts';
export { type ClusterOptions, type RealCluster, realCluster } from './cluster/real-cluster.ts';
export { type GameOptions, playRealGame, type RealGame, realDial } from './cluster/real-game.ts';
export { type RealNode, startRealNode, steppedClock } from './cluster/real-node.ts';
export { archiveContract } from './contract/archive.ts';
export {
  gamePlayer,
  rightAnswer,
  type SampleAnswer,
  type SampleGame,
  type SampleRound,
  sampleGame,
  voteAnswer,
  wrongAnswer,
} from './contract/archive-samples.ts';
export { auditContract, hostKeysContract, quizzesContract } from './contract/hosts.ts';
export { liveStoreContract } from './contract/live-store.ts';
export { questionPoolContract } from './contract/question-pool.ts';
export {
  sampleDraft,
  sampleEnvelope,
  sampleParty,
  samplePlayer,
  sampleProjection,
  sampleQuiz,
  sampleRequest,
  sampleStanding,
  sampleTurn,
} from './contract/samples.ts';
export {
  all,
  closesQuestion,
  commits,
  contractTimes,
  eventually,
  type Heard,
  openAndClaim,
  opensQuestion,
  record,
  type StoreNode,
  type StoreWorld,
  type StoreWorldFor,
} from './contract/store-world.ts';
export {
  type ProbeRequest,
  type ProbeResponse,
  type ProbeSocket,
  type TransportProbe,
  transportContract,
  type Wire,
} from './contract/transport.ts';
export { checkHistory, type Expectation, type Stored } from './history/check-history.ts';
export { ackedAnswers, createHistory, type History, type Received, type Sent } from './history/history.ts';
export { createRecordedPlayer, type Dial, type RecordedPlayer } from './history/recorded-player.ts';
export { createMemoryArchive, type MemoryArchive } from './memory/archive.ts';
export { createMemoryAuditTrail, type MemoryAuditTrail } from './memory/audit-trail.ts';
export type { CallFate, ChannelMessage, Delivery, Faults, StoreCall } from './memory/faults.ts';
export { createMemoryHostKeys, type MemoryHostKeys } from './memory/host-keys.ts';
export type { MemoryNode, NodeOptions } from './memory/memory-node.ts';
export { createMemoryWorld, type MemoryWorld, type MemoryWorldOptions } from './memory/memory-world.ts';
export type { Outage } from './memory/outage.ts';
export { createMemoryQuestionPool, type MemoryQuestionPool } from './memory/question-pool.ts';
export { createMemoryQuizzes, type MemoryQuizzes } from './memory/quizzes.ts';
export {
  createMemoryNetwork,
  type MemoryNetwork,
  type MemoryNetworkOptions,
  type MemoryRequest,
  MemoryWebSocket,
} from './memory/transport.ts';
export { emptyDatabase, type Lifetime, ownPostgresServer, testDatabase, testPostgres } from './postgres.ts';
export { type RawRedis, type RawReply, rawRedis } from './redis/raw-redis.ts';
export { loneClusterNode, redisBehindSentinels, redisCluster, type SeveralRedis } from './redis/several-redis.ts';
export { type OwnRedis, ownRedis, redisOfFile, redisWorld, type TestRedis } from './redis/test-redis.ts';
export { type TlsServer, tlsRedis, tlsSentinel } from './redis/tls-redis.ts';
export { between, pick, type SeededRandom, seededRandom } from './simulation/seeded-random.ts';
export { type SimulationResult, simulate } from './simulation/simulate.ts';
