import { Injectable } from '@nestjs/common';
import { Provenance, type Source } from '../certificates/certificates.port.js';
import { Refusal } from '../kernel/refusal.js';
import type { Lot } from '../ledger/domain/lots.js';
import { Statements, type StatedEntry, type Statement } from '../ledger/statements.service.js';
import { activityTypeOf, type PolicyPack } from '../policy/domain/policy-pack.js';
import { Policies } from '../policy/policy.port.js';
import { SessionCatalogue } from '../providers/providers.port.js';
import type { AsOf } from './as-of.js';
import { courseWaits, type CourseWaitLine } from './study-waits.js';

/** A learner's book as it stood at an instant: all that the pages about it show. */
export interface Book {
  learnerId: string;
  asOf: AsOf;
  /** Totals, from the one calculator. */
  statement: Statement;
  lots: Lot[];
  /** Everything that had been recorded, oldest first. */
  entries: StatedEntry[];
  /** Rules of the day, for names and prices; null in a bank that has published none. */
  pack: PolicyPack | null;
}

/** Reads books for the pages. */
@Injectable()
export class ReadBook {
  constructor(
    private readonly statements: Statements,
    private readonly provenance: Provenance,
    private readonly policies: Policies,
    private readonly catalogue: SessionCatalogue,
  ) {}

  /** Refuses with `not-found` when there is no such account. */
  async run(learnerId: string, asOf: AsOf): Promise<Book> {
    const statement = await this.statements.statement(learnerId, asOf.day === null ? undefined : asOf.atMs);
    return {
      learnerId,
      asOf,
      statement,
      lots: await this.statements.lots(learnerId, statement.version),
      entries: await this.statements.history(learnerId, statement.version),
      pack: await this.packOn(asOf.day ?? asOf.today),
    };
  }

  /** Courses and providers behind entries, by version. */
  sources(entries: StatedEntry[]): Promise<Map<number, Source>> {
    return this.provenance.of(entries);
  }

  /** Courses with study time that waits until they are passed. */
  async courseWaits(book: Book): Promise<CourseWaitLine[]> {
    const waits = courseWaits(book);
    const courses = await this.catalogue.courseFacts(waits.map(({ courseId }) => courseId));
    return waits.map((wait) => {
      const course = courses.get(wait.courseId);
      const activity = course && book.pack ? activityTypeOf(book.pack, course.activityType) : undefined;
      return {
        ...wait,
        title: course?.title ?? wait.courseId,
        provider: course?.providerName ?? '',
        gate: activity?.completion ?? null,
      };
    });
  }

  private async packOn(day: string): Promise<PolicyPack | null> {
    try {
      return await this.policies.inForceOn(day);
    } catch (error) {
      // A bank without rules has an empty book, and that is what its page shows.
      if (error instanceof Refusal && error.code === 'policy-not-in-force') return null;
      throw error;
    }
  }
}
