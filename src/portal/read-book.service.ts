import { Injectable } from '@nestjs/common';
import { Provenance, type Source } from '../certificates/certificates.port.js';
import type { Lot } from '../ledger/domain/lots.js';
import { Statements, type StatedEntry } from '../ledger/statements.service.js';
import { Reader } from '../platform/database/data-sources.js';
import { activityTypeOf } from '../policy/domain/policy-pack.js';
import { Policies } from '../policy/policy.port.js';
import { SessionCatalogue } from '../providers/providers.port.js';
import type { AsOf } from './as-of.js';
import type { Book } from './book.js';
import { courseWaits, type CourseWaitLine } from './study-waits.js';

/** Reads books for the pages. */
@Injectable()
export class ReadBook {
  constructor(
    private readonly statements: Statements,
    private readonly provenance: Provenance,
    private readonly policies: Policies,
    private readonly catalogue: SessionCatalogue,
    private readonly reader: Reader,
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
      pack: this.policies.inForceOrNone(asOf.day ?? asOf.today),
    };
  }

  /** Courses and providers behind entries, by version. */
  sources(entries: StatedEntry[]): Promise<Map<number, Source>> {
    return this.provenance.of(entries);
  }

  /** The same behind lots, by lot. */
  lotSources(lots: Lot[], { entries }: Pick<Book, 'entries'>): Promise<Map<number, Source>> {
    return this.provenance.ofLots(this.reader.sql, lots, entries);
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
}
