/** Rounds of a fault test: FAULT_ROUNDS when it is set, for a long run by hand; else `usual`. */
export function faultRounds(usual: number): number {
  return Number(process.env['FAULT_ROUNDS'] ?? usual);
}

/** Time limit of a fault test, milliseconds. */
export function faultTimeoutMs(rounds: number): number {
  return 60_000 + rounds * 10_000;
}

/** The figures of a long run go to the screen; a usual run is silent. */
export function reportFigures(fault: string, figures: Record<string, number>): void {
  if (process.env['FAULT_ROUNDS'] === undefined) return;
  const text = Object.entries(figures).map(([name, figure]) => `${name} ${figure}`);
  process.stderr.write(`${fault}: ${text.join(', ')}\n`);
}

/** A whole number from 1 to `most`. */
export function randomUpTo(most: number): number {
  return 1 + Math.floor(Math.random() * most);
}

/** The moment of a fault: somewhere in the next `durationMs` milliseconds. */
export function someMomentWithin(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * durationMs));
}
