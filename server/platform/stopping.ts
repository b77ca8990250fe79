const controller = new AbortController();

/** npm passes on a signal that the terminal has sent to the program too: that is asking once. */
const SAME_MS = 1_000;

/** Aborted when the program was asked to end: long work looks at it between chunks and leaves the rest for later. */
export const stopping: AbortSignal = controller.signal;

/**
 * Resolves when the program is asked to end (SIGTERM, SIGINT). Who asks twice does not want to wait:
 * the process then ends at once, and the next start finishes what was left.
 */
export function askedToStop(onFirst: () => void = () => {}): Promise<void> {
  let askedAt = 0;
  return new Promise((resolve) => {
    const onSignal = () => {
      if (stopping.aborted && performance.now() - askedAt > SAME_MS) process.exit(1);
      if (stopping.aborted) return;
      askedAt = performance.now();
      controller.abort();
      onFirst();
      resolve();
    };
    process.on("SIGTERM", onSignal);
    process.on("SIGINT", onSignal);
  });
}
