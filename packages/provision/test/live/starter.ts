/** A program that starts both servers, says their pids and stays: something for a test to kill. */
import { startPostgres, startRedis } from '@partyline/provision';

const [dir = ''] = process.argv.slice(2);
const redis = await startRedis({ dir: `${dir}/redis` });
const postgres = await startPostgres({ dir: `${dir}/postgres`, settings: { fsync: 'off' } });
process.stdout.write(`${JSON.stringify([redis.pid, postgres.pid])}\n`);
