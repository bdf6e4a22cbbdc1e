/**
 * Makes sure a server does not outlive us, however we end: exit, crash or SIGKILL. A small shell holds the reading end
 * of a pipe whose writing end is ours alone; when the pipe closes, the shell ends the server. It knows a pid and a
 * signal, and not which server that is.
 */
import { spawn } from 'node:child_process';

/** $1 is the signal to end with; further arguments are a command to run afterwards. Gives up waiting after 5 s. */
const SCRIPT = `
signal=$1; shift
read -r pid || exit 0
read -r released && exit 0
kill -s "$signal" "$pid" 2>/dev/null && {
  kill -s CONT "$pid" 2>/dev/null
  turns=0
  while kill -0 "$pid" 2>/dev/null; do
    turns=$((turns + 1))
    [ "$turns" -gt 50 ] && kill -s KILL "$pid" 2>/dev/null && break
    sleep 0.1
  done
}
[ $# -eq 0 ] || "$@"
`;

export interface Watchdog {
  /** Call it at once after the spawn: until then the server is unguarded. */
  guard(pid: number): void;
  /** The server has ended: nothing is left to guard. */
  release(): void;
}

export interface WatchdogOptions {
  readonly signal: NodeJS.Signals;
  /** Run after the server is gone, for what it leaves behind outside its process (a container). */
  readonly afterwards?: readonly string[];
}

/** Starts the shell before there is a server, so that no instant passes in which a server has no watchdog. */
export function createWatchdog({ signal, afterwards = [] }: WatchdogOptions): Watchdog {
  const shell = spawn('sh', ['-c', SCRIPT, 'partyline-watchdog', signal.slice('SIG'.length), ...afterwards], {
    // A session of its own: Ctrl-C and a closing terminal are for us to handle, the watchdog answers only to the pipe.
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  shell.on('error', () => {}); // no sh: the server runs unguarded
  shell.stdin.on('error', () => {});

  return {
    guard: (pid) => void shell.stdin.write(`${pid}\n`),
    release: () => void shell.stdin.end('released\n'),
  };
}
