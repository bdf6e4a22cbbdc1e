/** The message every fan-out peer sends: as long as a question, with the instant it was made. */

const bytes = 600;

export function message(round: number): string {
  const data = { round, server_time_ms: performance.timeOrigin + performance.now(), choices: [], fill: '' };
  const short = JSON.stringify({ type: 'question', data });
  return JSON.stringify({ type: 'question', data: { ...data, fill: 'x'.repeat(Math.max(0, bytes - short.length)) } });
}
