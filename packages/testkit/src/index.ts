export {
  type ProbeRequest,
  type ProbeResponse,
  type ProbeSocket,
  type TransportProbe,
  transportContract,
  type Wire,
} from './contract/transport.ts';
export { archiveContract } from './contract/archive.ts';
export { auditContract, hostKeysContract, quizzesContract } from './contract/hosts.ts';
export { questionPoolContract } from './contract/question-pool.ts';
export { createMemoryArchive, type MemoryArchive } from './memory/archive.ts';
export { createMemoryAuditTrail, type MemoryAuditTrail } from './memory/audit-trail.ts';
export { createMemoryHostKeys, type MemoryHostKeys } from './memory/host-keys.ts';
export type { Outage } from './memory/outage.ts';
export { createMemoryQuestionPool, type MemoryQuestionPool } from './memory/question-pool.ts';
export { createMemoryQuizzes, type MemoryQuizzes } from './memory/quizzes.ts';
export { type Lifetime, testDatabase, testPostgres } from './postgres.ts';
