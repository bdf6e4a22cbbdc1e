/** Silence is filled when it is due, and nobody is looked at before. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { createSilenceWatch } from '../src/silence-watch.ts';
import { passingTime } from './virtual-time.ts';

const silence_ms = 20_000;

function watching() {
  const time = passingTime();
  const filled: { who: number; after_ms: number }[] = [];
  let looks = 0;
  function session(who: number) {
    let sent_at = time.now();
    return {
      who,
      get sent_at() {
        looks += 1;
        return sent_at;
      },
      set sent_at(at) {
        sent_at = at;
      },
    };
  }
  const watch = createSilenceWatch<ReturnType<typeof session>>({
    ...{ silence_ms, timers: time.timers, clock: { monotonic: time.now } },
    fill(silent) {
      filled.push({ who: silent.who, after_ms: time.now() - silent.sent_at });
      silent.sent_at = time.now();
    },
  });
  return { time, watch, session, filled, looks: () => looks };
}

test('whoever is sent nothing gets a word after each 20 s, within a second', async () => {
  const { time, watch, session, filled } = watching();
  for (let who = 0; who < 50; who += 1) {
    watch.add(session(who));
    await time.pass(37);
  }
  await time.pass(62_000);
  assert.equal(filled.length, 150);
  for (const { who, after_ms } of filled) {
    assert.ok(after_ms >= silence_ms && after_ms < silence_ms + 1_000, `${who} after ${after_ms} ms`);
  }
  watch.stop();
});

test('whoever is spoken to gets no word before 20 s of silence', async () => {
  const { time, watch, session, filled } = watching();
  const ann = session(1);
  watch.add(ann);
  for (let frame = 0; frame < 5; frame += 1) {
    await time.pass(15_000);
    ann.sent_at = time.now();
  }
  assert.deepEqual(filled, []);
  await time.pass(20_999);
  assert.equal(filled.length, 1);
  watch.stop();
});

test('whoever has left gets none', async () => {
  const { time, watch, session, filled } = watching();
  const [ann, bob] = [session(1), session(2)];
  watch.add(ann);
  watch.add(bob);
  await time.pass(19_000);
  watch.remove(ann);
  await time.pass(25_000);
  watch.remove(bob);
  await time.pass(25_000);
  assert.deepEqual(
    filled.map(({ who }) => who),
    [2, 2],
  );
  watch.stop();
  assert.equal(time.pending(), 0);
});

test('whoever leaves at the word that is sent gets no other', async () => {
  const time = passingTime();
  let words = 0;
  const watch = createSilenceWatch<{ sent_at: number }>({
    ...{ silence_ms, timers: time.timers, clock: { monotonic: time.now } },
    fill(silent) {
      words += 1;
      watch.remove(silent);
    },
  });
  watch.add({ sent_at: time.now() });
  await time.pass(70_000);
  assert.equal(words, 1);
  watch.stop();
});

test('a silent crowd is looked at once in 20 s, not each second', async () => {
  const { time, watch, session, looks } = watching();
  for (let who = 0; who < 1_000; who += 1) watch.add(session(who));
  const before = looks();
  await time.pass(19_000);
  assert.equal(looks(), before, 'nobody is due');
  await time.pass(22_999);
  // Twice due, and each time asked, told of by this test, and given its next place.
  assert.equal(looks() - before, 2 * 3 * 1_000);
  watch.stop();
});

test('a process that stood still makes up for it at once', async () => {
  const time = passingTime();
  let stood = 0;
  const filled: number[] = [];
  const watch = createSilenceWatch<{ sent_at: number }>({
    ...{ silence_ms, timers: time.timers, clock: { monotonic: () => time.now() + stood } },
    fill(silent) {
      filled.push(time.now());
      silent.sent_at = time.now() + stood;
    },
  });
  watch.add({ sent_at: time.now() });
  await time.pass(5_000);
  stood = 3_600_000;
  await time.pass(1_000);
  assert.equal(filled.length, 1);
  await time.pass(19_000);
  assert.equal(filled.length, 1);
  await time.pass(2_000);
  assert.equal(filled.length, 2);
  watch.stop();
});
