/*
 * Who visits what. The benchmark's sessions lie in slots (a time of a day) with several providers' sessions side by
 * side; a learner visits one session of a slot at most and every (learner, session) once, so that nothing overlaps, no
 * cap is reached and no row repeats an earlier one. Learners come in scattered order: neighbours in a list are
 * not neighbours on disk.
 */

/** Sessions at the same time, each of another provider. */
export const SESSIONS_PER_SLOT = 6;
export const SLOTS_PER_DAY = 3;
export const SLOTS = 336;

/** A prime that divides no number of learners in use: stepping by it visits every learner once. */
const STEP = 7_919;

/** One learner in one session, by number. */
export interface PlannedVisit {
  learner: number;
  /** From 0: slot × SESSIONS_PER_SLOT + place. */
  session: number;
  minutes: number;
}

/** Slots `from`…`from + count - 1`, kept for one load so that two loads never plan the same visit. */
export interface SlotRange {
  from: number;
  count: number;
}

function visitAt(learners: number, slot: number, position: number): PlannedVisit {
  return {
    learner: (position * STEP) % learners,
    session: slot * SESSIONS_PER_SLOT + (position % SESSIONS_PER_SLOT),
    minutes: 40 + ((position + slot) % 51),
  };
}

/** Visits one by one: neighbours are of different learners and, mostly, of different sessions. */
export function* singleVisits(learners: number, slots: SlotRange): Generator<PlannedVisit, never> {
  for (let round = 0; round < slots.count; round += 1) {
    for (let position = 0; position < learners; position += 1) {
      yield visitAt(learners, slots.from + ((round + position * 5) % slots.count), position);
    }
  }
  throw new RangeError('The plan has no visit left: give this load more slots or learners');
}

/** Classes of `size` learners in one session each; classes near each other share no learner and no session. */
export function* classVisits(learners: number, slots: SlotRange, size: number): Generator<PlannedVisit[], never> {
  const blocks = Math.floor(learners / SESSIONS_PER_SLOT / size);
  const cells = blocks * SESSIONS_PER_SLOT;
  for (let round = 0; round < cells; round += 1) {
    for (let step = 0; step < slots.count; step += 1) {
      const cell = (round + step) % cells;
      const place = cell % SESSIONS_PER_SLOT;
      const first = Math.floor(cell / SESSIONS_PER_SLOT) * size;
      yield Array.from({ length: size }, (_, index) =>
        visitAt(learners, slots.from + step, place + SESSIONS_PER_SLOT * (first + index)),
      );
    }
  }
  throw new RangeError('The plan has no class left: give this load more slots or learners');
}
