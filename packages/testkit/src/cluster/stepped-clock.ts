/**
 * Preloaded into a node under test (`--import`): each SIGUSR2 sets its wall clock by the next of `?steps_ms=` in its own
 * address, as an operator or a time daemon would. The monotonic clock runs on, as it does on a real machine.
 */
const RealDate = Date;
const steps = (new URL(import.meta.url).searchParams.get('steps_ms') ?? '').split(',').map(Number);
let aheadMs = 0;

process.on('SIGUSR2', () => {
  aheadMs += steps.shift() ?? 0;
});

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args) =>
    args.length === 0 ? new target(target.now() + aheadMs) : Reflect.construct(target, args),
  get: (target, name, receiver) =>
    name === 'now' ? () => target.now() + aheadMs : Reflect.get(target, name, receiver),
});
