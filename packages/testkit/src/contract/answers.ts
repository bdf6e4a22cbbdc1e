/** What every PartyDesk owes an answer: the window, first write wins, an exact tally, whatever races with it. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { AnswerDraft, AnswerVerdict, Party } from '@partyline/core';
import { sampleDraft } from './samples.ts';
import {
  all,
  closesQuestion,
  commits,
  contractTimes,
  openAndClaim,
  opensQuestion,
  type StoreNode,
  type StoreWorldFor,
  seeded,
  shuffledBy,
} from './store-world.ts';

export interface AnswersContractOptions {
  /** How often nodes race for the same players' answers (T9). */
  interleavings: number;
}

const { graceMs } = contractTimes;
const verdictsOf = (verdicts: AnswerVerdict[]) => verdicts.map(({ verdict }) => verdict);

async function accept(node: StoreNode, party_id: string, drafts: AnswerDraft[], round = 1): Promise<string[]> {
  return verdictsOf(await node.desk.accept(party_id, round, drafts));
}

export function answersContract(worldFor: StoreWorldFor, { interleavings }: AnswersContractOptions): void {
  test('answers: each is accepted once, timed and counted', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    await opensQuestion(node, claim, { from: -5_000 });
    const drafts = [
      sampleDraft('ann', 'a'),
      sampleDraft('ben', 'b', { choice: ['b', 'c'], tally: ['b', 'c'] }),
      sampleDraft('cid', 'b', { choice: null }),
      sampleDraft('dee', 'x', { choice: 'some "tëxt"', tally: [] }),
      sampleDraft('eve', 'x', { choice: 7.5, tally: ['7.5', '__proto__'] }),
    ];
    const verdicts = await node.desk.accept(party_id, 1, drafts);
    for (const verdict of verdicts) {
      assert.ok(verdict.verdict === 'accepted' && verdict.elapsed_ms >= 5_000 && verdict.elapsed_ms < 10_000);
    }
    const kept = await all(node.store.answers(party_id, 1));
    const expected = drafts.map(({ user_id, id, choice }, place) => {
      const verdict = verdicts[place];
      return { user_id, id, choice, elapsed_ms: verdict?.verdict === 'accepted' ? verdict.elapsed_ms : -1 };
    });
    assert.deepEqual(
      kept.toSorted((a, b) => (a.user_id < b.user_id ? -1 : 1)),
      expected,
    );
    const tally = await node.store.tally(party_id, 1);
    assert.deepEqual(Object.entries(tally).toSorted(), [
      ['7.5', 1],
      ['__proto__', 1],
      ['a', 1],
      ['b', 2],
      ['c', 1],
    ]);
    assert.deepEqual(await node.desk.accept(party_id, 1, []), []);
  });

  test('answers: the first of a player stands, and every later one is told so', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    await opensQuestion(node, claim);
    const [alike, first, within] = await node.desk.accept(party_id, 1, [
      sampleDraft('eve', 'b'),
      sampleDraft('ann', 'a'),
      sampleDraft('ann', 'b'),
    ]);
    assert.deepEqual([alike?.verdict, first?.verdict], ['accepted', 'accepted']);
    const elapsed_ms = first?.verdict === 'accepted' ? first.elapsed_ms : -1;
    const stored = { verdict: 'stored', id: 'm-ann-a', choice: 'a', elapsed_ms };
    assert.deepEqual(within, stored);
    const [resent, other, third] = await node.desk.accept(party_id, 1, [
      sampleDraft('ann', 'a'),
      sampleDraft('ben', 'c'),
      sampleDraft('ann', 'd'),
    ]);
    assert.deepEqual([resent, third], [stored, stored]);
    assert.equal(other?.verdict, 'accepted');
    assert.deepEqual(await node.store.tally(party_id, 1), { a: 1, b: 1, c: 1 });
  });

  test('answers: only to the round that is open', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    assert.deepEqual(await accept(node, party_id, [sampleDraft('ann')]), ['wrong_round'], 'in the lobby');
    const open = await opensQuestion(node, claim, { round: 2 });
    assert.deepEqual(await accept(node, party_id, [sampleDraft('ann')], 1), ['wrong_round']);
    assert.deepEqual(await accept(node, party_id, [sampleDraft('ann')], 3), ['wrong_round']);
    assert.deepEqual(await accept(node, party_id, [sampleDraft('ann')], 2), ['accepted']);
    await closesQuestion(node, open);
    assert.deepEqual(await accept(node, party_id, [sampleDraft('ben')], 2), ['late'], 'while it is scored');
    assert.deepEqual(await all(node.store.answers(party_id, 1)), []);
    assert.deepEqual(await all(node.store.answers(party_id, 3)), []);
  });

  test('answers: a question that stands still takes none, and says that it will', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    const open = await opensQuestion(node, claim);
    assert.deepEqual(await accept(node, party_id, [sampleDraft('ann')]), ['accepted']);
    const paused = { name: 'paused', paused_at: 1, was: open.party.phase } as Party['phase'];
    const held = await commits(node, open, { party: { ...open.party, phase: paused } });
    const drafts = [sampleDraft('ann'), sampleDraft('ben'), { ...sampleDraft('cid'), tally: null }];
    assert.deepEqual(await accept(node, party_id, drafts), ['stored', 'paused', 'paused']);
    assert.deepEqual(await accept(node, party_id, [sampleDraft('ben')], 2), ['wrong_round']);
    const resumed = await opensQuestion(node, held);
    assert.deepEqual(await accept(node, party_id, [sampleDraft('ben')]), ['accepted']);
    const reveal = { round: 1, correct: ['a'], counts: {}, answered: 2, explanation: null };
    const scored = { name: 'paused', paused_at: 1, was: { name: 'reveal', round: 1, next_at: null, reveal } };
    await commits(node, resumed, { party: { ...resumed.party, phase: scored as Party['phase'] } });
    assert.deepEqual(await accept(node, party_id, [sampleDraft('cid')]), ['late'], 'a reveal that stands still');
  });

  test('answers: what nobody could judge is looked up and not accepted', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    const unjudged = sampleDraft('ann', 'a', { tally: null });
    assert.deepEqual(await accept(node, party_id, [unjudged]), ['wrong_round'], 'in the lobby');
    await opensQuestion(node, claim);
    assert.deepEqual(await accept(node, party_id, [unjudged, sampleDraft('ben')]), ['unjudged', 'accepted']);
    assert.deepEqual(await accept(node, party_id, [sampleDraft('ann')]), ['accepted']);
    assert.deepEqual(await accept(node, party_id, [unjudged]), ['stored']);
    assert.deepEqual(await node.store.tally(party_id, 1), { a: 2 });
  });

  test('answers: the deadline, the grace and extra time are exact', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    const within = await opensQuestion(node, claim, { from: -9_000, to: -1 });
    assert.deepEqual(await accept(node, party_id, [sampleDraft('in-grace')]), ['accepted']);
    const over = await opensQuestion(node, within, { from: -9_000, to: -(graceMs + 1) });
    assert.deepEqual(
      await accept(node, party_id, [
        sampleDraft('late'),
        sampleDraft('extra', 'a', { extra_ms: 60_000 }),
        sampleDraft('too-little', 'a', { extra_ms: 1 - graceMs }),
        sampleDraft('in-grace'),
      ]),
      ['late', 'accepted', 'late', 'stored'],
    );
    await opensQuestion(node, over, { from: -9_000, to: -60_000 });
    const spent = sampleDraft('spent', 'a', { extra_ms: 60_000 - graceMs - 1 });
    assert.deepEqual(await accept(node, party_id, [spent]), ['late']);
    const answered = await all(node.store.answers(party_id, 1));
    assert.deepEqual(answered.map(({ user_id }) => user_id).toSorted(), ['extra', 'in-grace']);
  });

  test('answers: a question that opens ahead of the server takes answers at no time elapsed', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    await opensQuestion(node, claim, { from: 30_000 });
    const verdicts = await node.desk.accept(claim.party.party_id, 1, [sampleDraft('ann')]);
    assert.deepEqual(verdicts, [{ verdict: 'accepted', elapsed_ms: 0 }]);
  });

  test('answers: one resent after the close still gets its reply, one first sent then does not', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    const open = await opensQuestion(node, claim);
    await node.desk.accept(party_id, 1, [sampleDraft('ann')]);
    const closed = await closesQuestion(node, open);
    assert.deepEqual(await accept(node, party_id, [sampleDraft('ann'), sampleDraft('ben')]), ['stored', 'late']);
    await opensQuestion(node, closed, { round: 2 });
    assert.deepEqual(await accept(node, party_id, [sampleDraft('ann'), sampleDraft('ben')]), ['stored', 'wrong_round']);
    assert.deepEqual(await node.store.tally(party_id, 1), { a: 1 });
  });

  test('answers: a batch has its bound', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    await opensQuestion(node, claim);
    const drafts = Array.from({ length: 501 }, (_, n) => sampleDraft(`u${n}`));
    await assert.rejects(node.desk.accept(party_id, 1, drafts), RangeError);
    assert.equal((await accept(node, party_id, drafts.slice(0, 500))).length, 500);
  });

  test('answers: a large round is read back whole, in chunks', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    await opensQuestion(node, claim);
    const users = Array.from({ length: 2_600 }, (_, n) => `u${n}`);
    for (let from = 0; from < users.length; from += 500) {
      await node.desk.accept(
        party_id,
        1,
        users.slice(from, from + 500).map((user_id) => sampleDraft(user_id)),
      );
    }
    const read = (await all(node.store.answers(party_id, 1))).map(({ user_id }) => user_id);
    assert.deepEqual(read.toSorted(), users.toSorted());
  });

  test(`answers: in ${interleavings} races between nodes each player has one, and all agree which (T9)`, async (t) => {
    const world = await worldFor(t);
    const nodes = [await world.node(), await world.node(), await world.node()];
    const [first] = nodes;
    assert.ok(first);
    const claim = await openAndClaim(first);
    const { party_id } = claim.party;
    await opensQuestion(first, claim, { to: 3_600_000 });
    const seed = Math.floor(Math.random() * 2 ** 32);
    t.diagnostic(`seed ${seed}`);
    const random = seeded(seed);
    const winners = new Map<string, string>();
    for (let race = 0; race < interleavings; race += 1) {
      const users = [`r${race}-a`, `r${race}-b`, `r${race}-c`];
      const entries = nodes.flatMap((node, n) => [
        { node, drafts: shuffledBy(random, users).map((user_id) => sampleDraft(user_id, 'abcd'[n] ?? 'd')) },
        { node, drafts: shuffledBy(random, users).map((user_id) => sampleDraft(user_id, 'd', { id: `late-${n}` })) },
      ]);
      const verdicts = await Promise.all(
        shuffledBy(random, entries).map(async ({ node, drafts }) => {
          const replies = await node.desk.accept(party_id, 1, drafts);
          return drafts.map((draft, place) => ({ draft, reply: replies[place] }));
        }),
      );
      for (const user_id of users) {
        const replies = verdicts.flat().filter(({ draft }) => draft.user_id === user_id);
        const accepted = replies.filter(({ reply }) => reply?.verdict === 'accepted');
        assert.equal(accepted.length, 1, `race ${race}, seed ${seed}`);
        const id = accepted[0]?.draft.id ?? '';
        for (const { reply } of replies)
          if (reply?.verdict !== 'accepted') assert.ok(reply?.verdict === 'stored' && reply.id === id);
        winners.set(user_id, id);
      }
    }
    const kept = await all(first.store.answers(party_id, 1));
    assert.deepEqual(new Map(kept.map(({ user_id, id }) => [user_id, id])), winners);
    const tally = await first.store.tally(party_id, 1);
    assert.equal(
      Object.values(tally).reduce((sum, votes) => sum + votes, 0),
      winners.size,
      'as many votes as voters',
    );
  });

  test('answers: what races with the close is either acked and kept, or neither', async (t) => {
    const world = await worldFor(t);
    const [leader, one, two] = [await world.node(), await world.node(), await world.node()];
    for (let run = 0; run < 20; run += 1) {
      const claim = await openAndClaim(leader);
      const { party_id } = claim.party;
      const open = await opensQuestion(leader, claim);
      const acks: string[] = [];
      const answering = [one, two].flatMap((node, n) =>
        Array.from({ length: 20 }, async (_, batch) => {
          const drafts = [0, 1, 2].map((at) => sampleDraft(`n${n}-b${batch}-${at}`));
          const verdicts = await accept(node, party_id, drafts);
          for (const [place, verdict] of verdicts.entries()) {
            assert.ok(verdict === 'accepted' || verdict === 'late');
            if (verdict === 'accepted') acks.push(drafts[place]?.user_id ?? '');
          }
        }),
      );
      const closing = closesQuestion(leader, open).then(() => all(leader.store.answers(party_id, 1)));
      await Promise.all(answering);
      const final = await closing;
      assert.deepEqual(final.map(({ user_id }) => user_id).toSorted(), acks.toSorted());
      assert.equal((await leader.store.tally(party_id, 1)).a ?? 0, acks.length);
    }
  });
}
