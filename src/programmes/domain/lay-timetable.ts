import type { ProgrammeBuilder } from './integer-programme.js';
import type { CourseSupply } from './planning-case.js';

/** Courses whose meetings overlap cannot be taken together: of all that meet at one moment, one. */
export function layTimetable(builder: ProgrammeBuilder, courses: CourseSupply[]): void {
  const meetings = courses
    .flatMap(({ courses: [course], taken }) => course!.meetings!.map((meeting) => ({ ...meeting, taken })))
    .sort((a, b) => a.startsAt - b.startsAt);
  const together = new Map<string, number[]>();
  let running: typeof meetings = [];
  const tell = () => {
    const columns = [...new Set(running.map(({ taken }) => taken))].sort((a, b) => a - b);
    if (columns.length > 1) together.set(columns.join(), columns);
  };
  for (const meeting of meetings) {
    const left = running.filter(({ endsAt }) => endsAt > meeting.startsAt);
    // Nobody joins those that run before one of them ends: no others are as many.
    if (left.length < running.length) tell();
    running = [...left, meeting];
  }
  tell();
  for (const columns of together.values())
    builder.row(
      'timetable',
      columns.map((column) => [column, 1]),
      0,
      1,
    );
}
