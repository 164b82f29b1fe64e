/** A wish that a command end, by whoever started it. */
export interface Interruption {
  /** Aborted once somebody wishes so. */
  readonly signal: AbortSignal;
  /** Leaves signals to Node.js again. */
  readonly forget: () => void;
}

/** Ctrl-C, or a signal that means the same. A second one ends the process at once. */
export function interruption(of: Pick<NodeJS.Process, 'once' | 'off'>): Interruption {
  const controller = new AbortController();
  const interrupt = (): void => controller.abort();
  const signals = ['SIGINT', 'SIGTERM'] as const;
  signals.forEach((signal) => of.once(signal, interrupt));
  return { signal: controller.signal, forget: () => signals.forEach((signal) => of.off(signal, interrupt)) };
}
