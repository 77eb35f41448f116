import { Clock } from '../../src/kernel/clock.js';

/** A clock that stands where a test puts it. */
export class TestClock extends Clock {
  constructor(private instantMs: number = Date.parse('2024-06-10T01:00:00Z')) {
    super();
  }

  nowMs(): number {
    return this.instantMs;
  }

  set(instant: string): void {
    this.instantMs = Date.parse(instant);
  }

  advanceMs(durationMs: number): void {
    this.instantMs += durationMs;
  }
}
