/**
 * The promise of the contract, searched for counterexamples: whatever the network drops, doubles, delays and reorders, a
 * screen never shows an older state after a newer one and never mixes epochs.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { ServerData, ServerMessage, ServerMessageType } from '@partyline/protocol';
import { between, pick, type SeededRandom, seededRandom } from '@partyline/testkit';
import { fold } from '../src/fold.ts';
import type { View } from '../src/view.ts';
import { message, questionData, revealData, runningState, stateData } from './samples.ts';

/** A party's history: some epochs, each with messages in order. A round number never falls within an epoch. */
function history(random: SeededRandom): ServerMessage[] {
  const told: ServerMessage[] = [];
  for (let epoch = 1; epoch <= between(random, 1, 3); epoch += 1) {
    let round = 1;
    let isOpen = false;
    for (let seq = 0; seq < 30; seq += 1) {
      const [type, data] = step(random, round, isOpen);
      if (type === 'reveal') isOpen = false;
      if (type === 'question') {
        isOpen = true;
        round = (data as ServerData<'question'>).round;
      }
      told.push(message(type, { epoch, seq }, data as ServerData<ServerMessageType>));
    }
  }
  return told;
}

function step(random: SeededRandom, round: number, isOpen: boolean): [ServerMessageType, unknown] {
  if (random() < 0.2) return ['state', isOpen ? runningState(round) : stateData({ round })];
  if (random() < 0.3) return ['lobby', { joined: [], left: [], players_total: between(random, 1, 9) }];
  if (isOpen && random() < 0.5) return ['answered', { round, answered: between(random, 0, 9) }];
  return isOpen ? ['reveal', revealData(round)] : ['question', questionData(round + 1)];
}

/** What a bad network and changing servers make of it. */
function mangled(random: SeededRandom, told: ServerMessage[]): ServerMessage[] {
  return told
    .flatMap((one) => (random() < 0.2 ? [] : random() < 0.2 ? [one, one] : [one]))
    .map((one, at) => ({ one, at: at + (random() < 0.3 ? between(random, -12, 12) : 0) }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

const isAtOrAfter = (a: View, b: View) => a.epoch > b.epoch || (a.epoch === b.epoch && a.seq >= b.seq);

test('forward only, one epoch at a time, over 2,000 mangled histories', () => {
  for (let seed = 1; seed <= 2_000; seed += 1) {
    const random = seededRandom(seed);
    let view: View | null = null;
    for (const sent of mangled(random, history(random))) {
      const before: View | null = view;
      view = fold(before, sent, 0);
      if (before === null || view === null || view === before) continue;
      assert.ok(isAtOrAfter(view, before), `seed ${seed}: an older message replaced a newer one`);
      assert.deepEqual([view.epoch, view.seq], [sent.epoch, sent.seq], `seed ${seed}: shown under another place`);
      if (view.epoch !== before.epoch) assert.equal(sent.type, 'state', `seed ${seed}: an epoch began without a state`);
      else assert.ok(view.round >= before.round, `seed ${seed}: a round came back`);
    }
  }
});

test('any two deliveries that end with the same state end alike', () => {
  const random = seededRandom(99);
  for (let run = 0; run < 50; run += 1) {
    const told = history(random);
    const last = message('state', { epoch: 9, seq: 1 }, runningState(pick(random, [1, 2, 3])));
    const end = (arriving: ServerMessage[]) =>
      [...arriving, last].reduce<View | null>((view, sent) => fold(view, sent, 5), null);
    assert.deepEqual(end(mangled(random, told)), end(mangled(random, told)));
  }
});
