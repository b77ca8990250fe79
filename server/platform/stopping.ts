const controller = new AbortController();

/** Aborted when the program was asked to end: long work looks at it between chunks and leaves the rest for later. */
export const stopping: AbortSignal = controller.signal;

/**
 * Resolves when the program is asked to end (SIGTERM, SIGINT). Who asks twice does not want to wait:
 * the process then ends at once, and the next start finishes what was left.
 */
export function askedToStop(onFirst: () => void = () => {}): Promise<void> {
  return new Promise((resolve) => {
    const onSignal = () => {
      if (stopping.aborted) process.exit(1);
      controller.abort();
      onFirst();
      resolve();
    };
    process.on("SIGTERM", onSignal);
    process.on("SIGINT", onSignal);
  });
}
