/** Who is here, and when all who are here have answered: the truth table behind an early close. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { createAttendance } from '../src/attendance.ts';
import { hostOf, type SampleSession, sampleSession, spectatorOf } from './sample-session.ts';

type Step =
  | ['in' | 'out' | 'waits' | 'let in' | 'here' | 'elsewhere' | 'expelled', string]
  | ['answers', string, number]
  | ['round', number]
  | ['passes', number];

/** What happens, and whether the round counts as answered by all afterwards. */
const truths: [says: string, steps: Step[], answered_round: number][] = [
  ['nobody is here', [['round', 1]], 0],
  [
    'one has not answered',
    [
      ['in', 'a'],
      ['round', 1],
    ],
    0,
  ],
  [
    'the only one has answered',
    [
      ['in', 'a'],
      ['round', 1],
      ['answers', 'a', 1],
    ],
    1,
  ],
  [
    'one of two has answered',
    [
      ['in', 'a'],
      ['in', 'b'],
      ['round', 1],
      ['answers', 'a', 1],
    ],
    0,
  ],
  [
    'both have',
    [
      ['in', 'a'],
      ['in', 'b'],
      ['round', 1],
      ['answers', 'a', 1],
      ['answers', 'b', 1],
    ],
    1,
  ],
  [
    'one twice, the other not at all',
    [
      ['in', 'a'],
      ['in', 'b'],
      ['round', 1],
      ['answers', 'a', 1],
      ['answers', 'a', 1],
    ],
    0,
  ],
  [
    'the one who has not answered has just left',
    [
      ['in', 'a'],
      ['in', 'b'],
      ['round', 1],
      ['answers', 'a', 1],
      ['out', 'b'],
      ['passes', 2_999],
    ],
    0,
  ],
  [
    'the one who has not answered has left for good',
    [
      ['in', 'a'],
      ['in', 'b'],
      ['round', 1],
      ['answers', 'a', 1],
      ['out', 'b'],
      ['passes', 3_000],
    ],
    1,
  ],
  [
    'the one who has not answered is at another gateway now',
    [
      ['in', 'a'],
      ['in', 'b'],
      ['round', 1],
      ['answers', 'a', 1],
      ['out', 'b'],
      ['elsewhere', 'b'],
    ],
    1,
  ],
  [
    'a line that is left here of one who is at another gateway owes nothing',
    [
      ['in', 'a'],
      ['in', 'b'],
      ['round', 1],
      ['answers', 'a', 1],
      ['elsewhere', 'b'],
    ],
    1,
  ],
  [
    'who came here after that owes an answer here',
    [
      ['in', 'a'],
      ['in', 'b'],
      ['round', 1],
      ['answers', 'a', 1],
      ['elsewhere', 'b'],
      ['here', 'b'],
    ],
    0,
  ],
  [
    'who is told to have come here and has gone again is not waited for twice',
    [
      ['in', 'a'],
      ['in', 'b'],
      ['elsewhere', 'b'],
      ['round', 1],
      ['answers', 'a', 1],
      ['out', 'b'],
      ['here', 'b'],
    ],
    1,
  ],
  [
    'who was expelled owes nothing',
    [
      ['in', 'a'],
      ['in', 'b'],
      ['round', 1],
      ['answers', 'a', 1],
      ['expelled', 'b'],
      ['out', 'b'],
    ],
    1,
  ],
  [
    'and comes back',
    [
      ['in', 'a'],
      ['in', 'b'],
      ['round', 1],
      ['answers', 'a', 1],
      ['out', 'b'],
      ['in', 'b'],
    ],
    0,
  ],
  [
    'the one who has answered leaves',
    [
      ['in', 'a'],
      ['in', 'b'],
      ['round', 1],
      ['answers', 'a', 1],
      ['out', 'a'],
    ],
    0,
  ],
  [
    'and comes back, the other answers',
    [
      ['in', 'a'],
      ['in', 'b'],
      ['round', 1],
      ['answers', 'a', 1],
      ['out', 'a'],
      ['in', 'a'],
      ['answers', 'b', 1],
    ],
    1,
  ],
  [
    'everybody has answered and left for good',
    [
      ['in', 'a'],
      ['round', 1],
      ['answers', 'a', 1],
      ['out', 'a'],
      ['passes', 3_000],
    ],
    0,
  ],
  [
    'one answers over another node before coming here',
    [
      ['round', 1],
      ['answers', 'a', 1],
      ['in', 'a'],
    ],
    1,
  ],
  [
    'a second screen does not count',
    [
      ['in', 'a'],
      ['in', 'a'],
      ['in', 'b'],
      ['round', 1],
      ['answers', 'a', 1],
    ],
    0,
  ],
  [
    'nor does closing it',
    [
      ['in', 'a'],
      ['in', 'a'],
      ['round', 1],
      ['answers', 'a', 1],
      ['out', 'a'],
    ],
    1,
  ],
  [
    'nor closing it for one who has not answered',
    [
      ['in', 'a'],
      ['in', 'b'],
      ['in', 'b'],
      ['round', 1],
      ['answers', 'a', 1],
      ['out', 'b'],
    ],
    0,
  ],
  [
    'a new round wipes the slate',
    [
      ['in', 'a'],
      ['round', 1],
      ['answers', 'a', 1],
      ['round', 2],
    ],
    0,
  ],
  [
    'the same round again does not',
    [
      ['in', 'a'],
      ['round', 1],
      ['answers', 'a', 1],
      ['round', 1],
    ],
    1,
  ],
  [
    'an answer of the round before counts nothing',
    [
      ['in', 'a'],
      ['round', 1],
      ['round', 2],
      ['answers', 'a', 1],
    ],
    0,
  ],
  [
    'hosts and spectators answer nothing',
    [
      ['in', 'a'],
      ['in', '#host'],
      ['in', '#eye'],
      ['round', 1],
      ['answers', 'a', 1],
    ],
    1,
  ],
  [
    'who waits to be let in answers nothing',
    [
      ['in', 'a'],
      ['in', 'b'],
      ['waits', 'b'],
      ['round', 1],
      ['answers', 'a', 1],
    ],
    1,
  ],
  [
    'once let in, an answer is owed',
    [
      ['in', 'a'],
      ['in', 'b'],
      ['waits', 'b'],
      ['round', 1],
      ['answers', 'a', 1],
      ['let in', 'b'],
    ],
    0,
  ],
  [
    'only the waiting are here',
    [
      ['in', 'a'],
      ['waits', 'a'],
      ['round', 1],
    ],
    0,
  ],
];

for (const [says, steps, answered_round] of truths) {
  test(`${says}: ${answered_round === 0 ? 'wait' : 'all have answered'}`, () => {
    const attendance = createAttendance();
    const open = new Map<string, SampleSession[]>();
    let now = 0;
    for (const step of steps) {
      if (step[0] === 'round') attendance.roundOpened(step[1]);
      else if (step[0] === 'answers') attendance.answered(step[1], step[2]);
      else if (step[0] === 'passes') {
        now += step[1];
        attendance.letGo(now);
      } else if (step[0] === 'here' || step[0] === 'elsewhere') attendance.came(step[0], [step[1]]);
      else if (step[0] === 'expelled') attendance.expelled(step[1]);
      else if (step[0] === 'waits') attendance.seated(step[1], 'waiting');
      else if (step[0] === 'let in') attendance.seated(step[1], 'playing');
      else if (step[0] === 'in') {
        const who = { '#host': hostOf, '#eye': spectatorOf }[step[1]] ?? { user_id: step[1] };
        const session = sampleSession(who);
        open.set(step[1], [...(open.get(step[1]) ?? []), session]);
        attendance.add(session);
      } else {
        const session = open.get(step[1])?.shift();
        assert.ok(session !== undefined);
        attendance.remove(session, now);
      }
    }
    assert.equal(attendance.presence().answered_round, answered_round);
  });
}

test('users count once, hosts and spectators by socket; a host who plays is both', () => {
  const attendance = createAttendance();
  const [one, two] = [sampleSession({ user_id: 'a' }), sampleSession({ user_id: 'a' })];
  const playing = sampleSession({ user_id: 'b', may_command: true });
  const others = [sampleSession(hostOf), sampleSession(spectatorOf), sampleSession(spectatorOf)];
  for (const session of [one, two, playing, ...others]) attendance.add(session);
  assert.deepEqual(attendance.presence(), { players: 2, hosts: 2, spectators: 2, answered_round: 0 });
  assert.deepEqual(attendance.userIds().sort(), ['a', 'b']);
  assert.deepEqual([...attendance.sessionsOf('a')], [one, two]);
  attendance.remove(one, 0);
  attendance.remove(two, 1_000);
  for (const session of [playing, ...others]) attendance.remove(session, 2_000);
  assert.deepEqual(attendance.userIds(), []);
  assert.deepEqual(attendance.presence(), { players: 2, hosts: 0, spectators: 0, answered_round: 0 });
  assert.equal(attendance.letGo(3_999), 4_000);
  assert.equal(attendance.letGo(4_000), 5_000);
  assert.equal(attendance.letGo(5_000), null);
  assert.deepEqual(attendance.presence(), { players: 0, hosts: 0, spectators: 0, answered_round: 0 });
});

test('who waits looks on, until let in or gone', () => {
  const attendance = createAttendance();
  const a = sampleSession({ user_id: 'a' });
  attendance.add(a);
  attendance.seated('a', 'waiting');
  assert.deepEqual(attendance.presence(), { players: 0, hosts: 0, spectators: 1, answered_round: 0 });
  attendance.seated('a', 'playing');
  assert.deepEqual(attendance.presence(), { players: 1, hosts: 0, spectators: 0, answered_round: 0 });
  attendance.seated('a', 'waiting');
  attendance.remove(a, 0);
  attendance.seated('a', 'waiting');
  assert.deepEqual(attendance.presence(), { players: 0, hosts: 0, spectators: 0, answered_round: 0 });
});

test('removing somebody twice, or somebody who was never here, breaks no count', () => {
  const attendance = createAttendance();
  const [a, b] = [sampleSession({ user_id: 'a' }), sampleSession({ user_id: 'b' })];
  attendance.add(a);
  attendance.roundOpened(1);
  attendance.answered('a', 1);
  attendance.remove(b, 0);
  attendance.remove(a, 0);
  attendance.remove(a, 0);
  attendance.add(b);
  attendance.letGo(3_000);
  assert.deepEqual(attendance.presence(), { players: 1, hosts: 0, spectators: 0, answered_round: 0 });
});
