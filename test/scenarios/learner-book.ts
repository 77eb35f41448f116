import { visitPostings } from '../../src/attendance/domain/visit-postings.js';
import type { PostingDraft } from '../../src/ledger/domain/entry.js';
import { balanceOf, postEntry, type LearnerBook } from '../../src/ledger/domain/post-entry.js';
import { timeBucketOf, tariffOf } from '../../src/policy/domain/policy-pack.js';
import type { rulesOf } from './read-table.js';

type Rules = ReturnType<typeof rulesOf>;

export const DAY = '2024-06-03';
export const COURSE = 'course';
const NOW = Date.parse('2024-06-03T12:00:00Z');

/** The book of one learner under the rules of one row. */
export class RowBook {
  private readonly book: LearnerBook = {
    learnerId: 'learner',
    status: 'active',
    version: 0,
    lotCount: 0,
    recordedAt: 0,
    balances: new Map(),
  };

  constructor(private readonly rules: Rules) {}

  /** A visit whose seconds have passed gates and caps. */
  visit(acceptedSeconds: number): void {
    this.post(
      visitPostings({ ...this.rules, courseId: COURSE, acceptedSeconds, isCoursePassed: false, day: DAY }, (bucket) =>
        this.seconds(bucket),
      ),
    );
  }

  post(postings: PostingDraft[]): void {
    postEntry(this.book, { kind: 'attendance', occurredAt: NOW, postings }, NOW);
  }

  /** Study time in one account. */
  seconds(bucket: string): number {
    return balanceOf(this.book, bucket, this.rules.creditType.code);
  }

  get availableCenti(): number {
    return balanceOf(this.book, 'available', this.rules.creditType.code);
  }

  /** Study time that still waits to become credit under the tariff of the row. */
  get secondsLeft(): number {
    const { pack, activity, creditType } = this.rules;
    return this.seconds(timeBucketOf(tariffOf(pack, activity, creditType)));
  }
}
