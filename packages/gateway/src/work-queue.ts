/** Work that is done one after the other, in the order it was asked for. Knows nothing of what it is. */

/** A piece that fails is told to `failed`, and the next one follows. */
export function createWorkQueue(failed: (error: unknown) => void): (work: () => Promise<void>) => void {
  const queue: (() => Promise<void>)[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    for (let work = queue.shift(); work !== undefined; work = queue.shift()) {
      try {
        await work();
      } catch (error) {
        failed(error);
      }
    }
    isRunning = false;
  }

  return (work) => {
    queue.push(work);
    if (!isRunning) void run();
  };
}
