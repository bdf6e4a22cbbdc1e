// Decides whether node_modules is what package-lock.json asks for on this platform and this Node: npm's own record of
// the tree is compared with the lock file, so a plain `npm install` counts too. Exits 0 (it is) or 1. Changes nothing.
import { readFileSync } from 'node:fs';

const packagesIn = (file) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')).packages;

const nodeMajor = Number(process.versions.node.split('.')[0]);
process.report.excludeNetwork = true;
const libcHere = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';

/** Native packages are optional everywhere and required here: uWebSockets.js has one per platform and Node major. */
function isForThisMachine({ os, cpu, libc, engines }) {
  const fits = (wanted, actual) => !wanted || wanted.includes(actual);
  const [, from, below] = /^>=(\d+)\.0\.0 <(\d+)\.0\.0$/.exec(engines?.node ?? '') ?? [];
  const fitsNode = from === undefined || (nodeMajor >= Number(from) && nodeMajor < Number(below));
  const fitsLibc = process.platform !== 'linux' || fits(libc, libcHere);
  return fits(os, process.platform) && fits(cpu, process.arch) && fitsLibc && fitsNode;
}

function isInstalled() {
  const wanted = Object.entries(packagesIn('package-lock.json')).filter(([path]) => path.includes('node_modules/'));
  const actual = packagesIn('node_modules/.package-lock.json');
  return wanted.every(([path, entry]) => {
    if (actual[path]) return actual[path].version === entry.version;
    return entry.optional === true && !isForThisMachine(entry);
  });
}

try {
  process.exitCode = isInstalled() ? 0 : 1;
} catch {
  process.exitCode = 1; // no node_modules yet, or a record npm did not finish
}
