/** What a run may be told from outside: where Partyline is, and how large the crowd. `make loadtest` passes it on. */

/** One address, or several with commas between them: nodes in turn, as a balancer would. */
const urls = (__ENV.URL || 'http://localhost:8080').split(',').map((url) => url.replace(/\/+$/, ''));

export const hostKey = __ENV.HOST_KEY || '';

export function urlOf(index: number): string {
  return urls[index % urls.length] ?? '';
}

export function numberOf(name: string, otherwise: number): number {
  const given = Number(__ENV[name]);
  return Number.isFinite(given) && given > 0 ? given : otherwise;
}
