// Runs the checks that need no service, all at once, and prints them one after the other: a line for each that passed,
// the whole output of each that failed. Knows only their commands; exits 0 when all passed.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const colour = Boolean(process.stdout.isTTY);

// One process for many files: starting one per file costs three times what the tests do. Two of them, for two cores.
function unitTests(name, packages) {
  const files = `packages/{${packages.join(',')}}/test/*.test.ts`;
  return [[name, process.execPath, ['--test', '--experimental-test-isolation=none', '--test-reporter=spec', files]]];
}

// The unit tests come last: node's own count closes the output.
const CHECKS = [
  [
    'format, lint',
    'biome',
    ['check', '--error-on-warnings', '--max-diagnostics=100', ...(colour ? ['--colors=force'] : [])],
  ],
  [
    'types',
    'tsc',
    [
      '--noEmit',
      '--checkers',
      '1',
      '--incremental',
      '--tsBuildInfoFile',
      'node_modules/.cache/tsc.json',
      '--pretty',
      `${colour}`,
    ],
  ],
  ...unitTests('unit tests 1', ['core', 'formats', 'postgres', 'redis', 'testkit']),
  ...unitTests('unit tests 2', ['client', 'gateway', 'leader', 'protocol', 'provision', 'server', 'telemetry', 'web']),
];

const cwd = fileURLToPath(new URL('..', import.meta.url));
// tsc is a Go program: without collecting garbage below a gigabyte it takes a third less CPU.
const env = { ...process.env, GOGC: 'off', GOMEMLIMIT: '1GiB', ...(colour && { FORCE_COLOR: '1' }) };

function run([name, file, args]) {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const chunks = [];
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
    const finish = (isOk, output) => resolve({ name, isOk, output, seconds: (performance.now() - startedAt) / 1000 });
    child.on('error', (error) => finish(false, `${error.message}\n`));
    child.on('close', (code) => finish(code === 0, Buffer.concat(chunks).toString()));
  });
}

const results = await Promise.all(CHECKS.map(run));
for (const { name, isOk, output, seconds } of results) {
  console.log(`${isOk ? 'ok    ' : 'FAILED'}  ${name}  (${seconds.toFixed(1)} s)`);
  if (!isOk) console.log(output.trimEnd());
}
for (const units of results.filter(({ name, isOk }) => isOk && name.startsWith('unit tests'))) {
  console.log(units.output.trimEnd().split('\n').slice(-8).join('\n'));
}

const failed = results.filter(({ isOk }) => !isOk).map(({ name }) => name);
if (failed.length > 0) console.log(`check failed: ${failed.join('; ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
