import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { RedisClock } from '../src/redis-clock.ts';

/** A server whose clock stood `offset` ahead of our monotonic one, asked over a line with these delays. */
function ask(clock: RedisClock, at: { sentAt: number; out: number; back: number; offset: number }): number {
  const receivedAt = at.sentAt + at.out + at.back;
  clock.sample({ sentAt: at.sentAt, receivedAt, serverTime: at.sentAt + at.out + at.offset });
  return receivedAt;
}

test('the estimate never runs ahead of the server, and is as late as the fastest reply', () => {
  const delays = fc.record({
    out: fc.double({ min: 0, max: 500, noNaN: true }),
    back: fc.double({ min: 0, max: 500, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(delays, { minLength: 1, maxLength: 60 }), (samples) => {
      const offset = 1_700_000_000_000;
      const monotonic = { now: 0 };
      const clock = new RedisClock(() => monotonic.now);
      let fastest = Number.POSITIVE_INFINITY;
      for (const delay of samples) {
        monotonic.now = ask(clock, { sentAt: monotonic.now, ...delay, offset });
        fastest = Math.min(fastest, delay.back);
        assert.ok(clock.now() <= monotonic.now + offset);
        if (monotonic.now < 30_000) assert.ok(clock.now() >= monotonic.now + offset - fastest - 17);
      }
    }),
  );
});

test('it stays behind a server whose clock is slewed by 500 ppm', () => {
  const monotonic = { now: 0 };
  const clock = new RedisClock(() => monotonic.now);
  for (let second = 0; second < 120; second += 1) {
    const offset = 1_000_000 - second * 0.5;
    monotonic.now = ask(clock, { sentAt: second * 1_000, out: 1, back: second === 0 ? 0 : 5, offset });
    monotonic.now = second * 1_000 + 999;
    assert.ok(clock.now() <= monotonic.now + offset, `second ${second}`);
  }
});

test('a clock that was set back, or another server behind the old one, is believed at once', () => {
  const monotonic = { now: 0 };
  const clock = new RedisClock(() => monotonic.now);
  monotonic.now = ask(clock, { sentAt: 0, out: 1, back: 1, offset: 50_000 });
  assert.equal(clock.now(), 50_001);
  monotonic.now = ask(clock, { sentAt: 1_000, out: 1, back: 1, offset: 20_000 });
  assert.equal(clock.now(), 21_001);
});

test('a server that is ahead of the old one is believed at once, and after a restart alone', () => {
  const monotonic = { now: 0 };
  const clock = new RedisClock(() => monotonic.now);
  monotonic.now = ask(clock, { sentAt: 0, out: 1, back: 1, offset: 50_000 });
  monotonic.now = ask(clock, { sentAt: 1_000, out: 1, back: 300, offset: 90_000 });
  assert.equal(clock.now(), 91_001);
  clock.restart();
  assert.equal(clock.now(), 91_001, 'until the next sample');
  monotonic.now = ask(clock, { sentAt: 2_000, out: 1, back: 400, offset: 90_000 });
  assert.equal(clock.now(), 92_001, 'the faster reply of before does not count any more');
});

test('old samples are forgotten after half a minute', () => {
  const monotonic = { now: 0 };
  const clock = new RedisClock(() => monotonic.now);
  ask(clock, { sentAt: 0, out: 0, back: 0, offset: 50_000 });
  monotonic.now = ask(clock, { sentAt: 29_000, out: 100, back: 100, offset: 50_000 });
  assert.equal(clock.now(), 29_200 + 50_000 - 15);
  monotonic.now = ask(clock, { sentAt: 30_000, out: 100, back: 100, offset: 50_000 });
  assert.equal(clock.now(), 30_200 + 50_000 - 100);
});
