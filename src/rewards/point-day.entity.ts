import type { EntitySpec } from '../platform/database/columns.js';

/** Points booked for one learner's day so far: a projection of the entries of that day, which are the record. */
export interface PointDayRow {
  learnerId: string;
  activityDay: string;
  points: number;
  /** Entry that booked last. */
  version: number;
}

/** One row a learner and day with points. */
export const pointDayEntity: EntitySpec<PointDayRow> = {
  table: 'point_day',
  columns: { learnerId: 'id', activityDay: 'text', points: 'int', version: 'int' },
  primaryKey: ['learnerId', 'activityDay'],
  checks: { point_day_never_negative: 'points >= 0' },
};
