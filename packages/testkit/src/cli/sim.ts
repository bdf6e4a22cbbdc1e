/** Runs the simulated cluster over many seeds, or replays one: SEEDS=500, or SEEDS=417.. for one seed and its story. */
import { simulate } from '../simulation/simulate.ts';

const wanted = process.env.SEEDS ?? '500';
const single = wanted.endsWith('..') ? Number(wanted.slice(0, -2)) : null;
const from = single ?? Number(process.env.FROM ?? 1);
const count = single === null ? Number(wanted) : 1;
if (!Number.isInteger(from) || !Number.isInteger(count) || count < 1) {
  process.stderr.write('usage: SEEDS=<how many> [FROM=<first seed>], or SEEDS=<seed>.. to replay one\n');
  process.exit(2);
}

let failed = 0;
const startedAt = performance.now();
for (let seed = from; seed < from + count; seed += 1) {
  const { violations, story } = await simulate(seed);
  if (violations.length > 0) {
    failed += 1;
    process.stdout.write(`seed ${seed} fails (replay it with: make sim SEEDS=${seed}..)\n`);
    for (const line of [...story, ...violations.slice(0, 20)]) process.stdout.write(`  ${line}\n`);
  } else if (single !== null) process.stdout.write(`${story.join('\n')}\nno violation\n`);
  if ((seed - from) % 100 === 99) process.stdout.write(`${seed - from + 1} seeds, ${failed} failed\n`);
}
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
process.stdout.write(`${count} seeds in ${seconds} s: ${count - failed} passed, ${failed} failed\n`);
process.exit(failed > 0 ? 1 : 0);
