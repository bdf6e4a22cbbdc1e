/**
 * A store at the address given, used over all its connections, in a process of its own: authorities to trust besides the
 * system's are read from NODE_EXTRA_CA_CERTS when Node starts. Prints `played`, or why it could not connect.
 */
import { randomUUID } from 'node:crypto';
import { createRedisStore, type RedisStore } from '@partyline/redis';
import { commits, openAndClaim, opensQuestion, record, sampleDraft, sampleEnvelope } from '@partyline/testkit';

const [url = ''] = process.argv.slice(2);

async function play(store: RedisStore): Promise<void> {
  const claim = await openAndClaim(store);
  const { party_id } = claim.party;
  const lease = await store.election.elect(party_id);
  if (lease === null) throw new Error('there is no lease to be had');
  const heard = record<string>();
  await store.desk.watch(party_id, { envelope: ({ type }) => heard.add(type), doubt: () => undefined });
  const open = await opensQuestion(store, claim);
  const [answer] = await store.desk.accept(party_id, 1, [sampleDraft('ann')]);
  if (answer?.verdict !== 'accepted') throw new Error(`the answer is ${answer?.verdict}`);
  await commits(store, open, { envelopes: [sampleEnvelope(open, 1, { type: 'after' })] });
  await heard.until((type) => type === 'after');
}

const store = await createRedisStore({ url, prefix: `test-${randomUUID()}`, startTimeoutMs: 1_000 }).catch(
  (error: Error & { code?: string }) => {
    const cause = error.cause as NodeJS.ErrnoException | undefined;
    process.stdout.write(`${error.code}: ${cause?.code ?? cause?.message}`);
    return null;
  },
);
if (store !== null) {
  await play(store);
  await store.close();
  process.stdout.write('played');
}
