/**
 * Decides where the programs beside Partyline come from: PATH, else Debian's package unpacked into .tools/, without
 * installing anything: no root, no service started, nothing to undo but a folder. Knows nothing of how they are used.
 */
import { chmod, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isExecutable, onPath, run } from '../../packages/provision/src/executable.ts';

interface Tool {
  /** Debian's package it is in. */
  readonly package: string;
  /** Inside the package. */
  readonly file: string;
  /** That it starts at all. */
  readonly probe: readonly string[];
  readonly elsewhere: string;
}

const tools = {
  haproxy: {
    package: 'haproxy',
    file: 'usr/sbin/haproxy',
    probe: ['-v'],
    elsewhere: 'Fedora: dnf install haproxy   macOS: brew install haproxy',
  },
  nginx: {
    package: 'nginx',
    file: 'usr/sbin/nginx',
    probe: ['-v'],
    elsewhere: 'Fedora: dnf install nginx   macOS: brew install nginx',
  },
  prometheus: {
    package: 'prometheus',
    file: 'usr/bin/prometheus',
    probe: ['--version'],
    elsewhere: 'macOS: brew install prometheus   others: https://prometheus.io/download/',
  },
  promtool: {
    package: 'prometheus',
    file: 'usr/bin/promtool',
    probe: ['--version'],
    elsewhere: 'macOS: brew install prometheus   others: https://prometheus.io/download/',
  },
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof tools;

/** Nothing here could be found or fetched; the message says what to install. */
export class ToolMissing extends Error {
  override readonly name = 'ToolMissing';
  readonly code = 'tool_missing';
}

const TOOLS = fileURLToPath(new URL('../../.tools/', import.meta.url));
const abandonedMs = 180_000;
/** Where distributions put servers, and PATH of an ordinary account may lack. */
const SERVER_FOLDERS = ['/usr/sbin', '/usr/local/sbin'];

/** apt with every folder it writes to inside `home`; it still verifies signatures and reads the system's sources. */
function aptOptions(home: string): string[] {
  const settings = {
    'Dir::State': join(home, 'state'),
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': join(home, 'cache'),
    'Dir::Log': join(home, 'log'),
    'APT::Sandbox::User': 'root', // the _apt account may not enter the folder
    'Debug::NoLocking': 'true',
    'APT::Update::Post-Invoke-Success': '',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/**
 * A script, since the libraries beside it are not where the system looks. `exec` keeps the pid. What a program reads from
 * /usr/share (Prometheus its pages) is put there for it alone, in a mount namespace, where the system lets us have one.
 */
const launcher = (file: string): string => `#!/bin/sh
root=$(cd "$(dirname "$0")" && pwd)/root
if [ "$1" != --version ] && [ -d "$root/usr/share/prometheus" ] && unshare -rm true 2>/dev/null; then
  exec unshare -rm sh -c 'mount -t overlay -o "lowerdir=$0/usr/share:/usr/share" overlay /usr/share; exec "$0/${file}" "$@"' "$root" "$@"
fi
for folder in "$root"/usr/lib/*-linux-* "$root"/lib/*-linux-*; do libraries=\${libraries:+$libraries:}$folder; done
LD_LIBRARY_PATH=$libraries exec "$root/${file}" "$@"
`;

/** All but what nobody here reads: 200 of the 320 MB of Prometheus' pages are old time zones. */
const EXTRACT = `dpkg-deb --fsys-tarfile "$0" | tar -x -C "$1" --no-same-owner --exclude=./usr/share/doc \\
  --exclude=./usr/share/man --exclude=./usr/share/nodejs --exclude=./usr/share/javascript/moment-timezone/data`;

/** With the dependencies that this machine lacks. */
async function unpack(home: string, name: string): Promise<void> {
  const apt = aptOptions(home);
  const archives = join(home, 'cache/archives');
  await mkdir(join(home, 'state/lists/partial'), { recursive: true });
  await mkdir(join(archives, 'partial'), { recursive: true });
  await run('apt-get', [...apt, '-qq', 'update']);
  await run('apt-get', [...apt, '-qq', '-y', '--no-install-recommends', '--download-only', 'install', name]);
  const packages = (await readdir(archives)).filter((file) => file.endsWith('.deb'));
  await mkdir(join(home, 'root'), { recursive: true });
  for (const file of packages) await run('sh', ['-c', EXTRACT, join(archives, file), join(home, 'root')]);
  for (const folder of ['cache', 'state', 'log']) await rm(join(home, folder), { recursive: true, force: true });
}

/** apt's own verdict; the command line before it fills a screen. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.match(/^E: .*/m)?.[0] ?? message;
}

/** The path of a program that starts. Throws a ToolMissing where there is none and none can be had. */
export async function findTool(name: ToolName, say: (text: string) => void = () => {}): Promise<string> {
  const tool = tools[name];
  const installed = [...(await onPath(name)), ...SERVER_FOLDERS.map((folder) => join(folder, name))];
  for (const file of installed) if (await isExecutable(file)) return file;

  // One folder for each package: prometheus and promtool are unpacked once.
  const home = join(TOOLS, `debian-${tool.package}`);
  const program = join(home, name);
  if (await isExecutable(program)) return program;
  const hint = `Install it: Debian, Ubuntu: apt-get install ${tool.package}   ${tool.elsewhere}`;
  const apt = await Promise.all(['apt-get', 'dpkg-deb'].map(onPath));
  if (apt.some((found) => found.length === 0)) throw new ToolMissing(`${name} is not on PATH. ${hint}`);

  say(`putting ${name} in place (Debian's ${tool.package}, unpacked into .tools)`);
  const staging = `${home}.part`;
  await alone(staging);
  try {
    if (await isExecutable(program)) return program; // whoever was before us has done it
    await unpack(staging, tool.package);
    const siblings = Object.entries(tools).filter(([, sibling]) => sibling.package === tool.package);
    for (const [sibling, { file, probe }] of siblings) {
      await writeFile(join(staging, sibling), launcher(file));
      await chmod(join(staging, sibling), 0o755);
      await run(join(staging, sibling), [...probe]);
    }
    await rm(home, { recursive: true, force: true });
    await rename(staging, home);
    return program;
  } catch (error) {
    throw new ToolMissing(`${name} is not on PATH, and Debian's package cannot be had: ${reason(error)}\n${hint}`);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Two tests want the same tool at the same time: one of them makes the folder, the other waits until it is gone. */
async function alone(folder: string): Promise<void> {
  await mkdir(TOOLS, { recursive: true });
  for (;;) {
    const code = await mkdir(folder).then(
      () => null,
      (error: NodeJS.ErrnoException) => error.code,
    );
    if (code === null) return;
    if (code !== 'EEXIST') throw new ToolMissing(`${folder} cannot be made: ${code}`);
    // Left behind by a process that was killed.
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > abandonedMs) await rm(folder, { recursive: true, force: true });
    await sleep(200);
  }
}
