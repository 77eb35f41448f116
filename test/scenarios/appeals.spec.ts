import { formatCredit } from '../../src/kernel/credit.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { policyVersion } from '../../src/policy/domain/policy-pack.js';
import { decideAnew } from '../../src/recognition/domain/decide-anew.js';
import { decideWorth, requireWorth, toFacts, type WorthDecision } from '../../src/recognition/domain/decide-worth.js';
import type { RecognisedClass, RecognitionCase } from '../../src/recognition/domain/recognition-case.js';
import { reviewedWorth } from '../../src/recognition/domain/review-round.js';
import { isVote, rejectedByRules, wayOf } from '../../src/recognition/domain/case-way.js';
import { takeStep, type AskedStep } from '../../src/recognition/domain/take-step.js';
import { aDraft, aPaper } from '../domain/recognition/a-case.js';
import { centiOf, packOf, readTable, type Row } from './read-table.js';

const DECIDED_ON = '2024-06-10';
const instant = (day: string) => Date.parse(`${day}T09:00:00+08:00`);

/** A case of a row as it went, with the credit it has, and the refusal that ended it where there was one. */
class RowCase {
  file: RecognitionCase;
  refusal: string | null = null;
  private readonly pack;
  private readonly creditType: string;

  constructor(private readonly row: Row) {
    this.pack = packOf(row);
    this.creditType = row['pack'] === 'taiyuan-default' ? 'vocational' : this.pack.creditTypes[0]!.code;
    const paper = { outcomeClass: row['class'] as RecognisedClass, item: row['item'] || null, grade: 80 };
    this.file = aDraft(
      'applicant',
      aPaper({ ...paper, rawCenti: row['raw credit'] ? centiOf(row['raw credit']) : null }),
    );
  }

  get credit(): string {
    return formatCredit(this.file.standard?.centi ?? 0);
  }

  /** Takes a step, and where it recognises decides the worth as the bank does. */
  take(step: AskedStep['step'], actor: string, day: string, asked: Partial<AskedStep> = {}): void {
    if (this.refusal !== null) return;
    const role = actor === 'applicant' ? ('learner' as const) : ('registrar' as const);
    try {
      const before = this.file;
      const after = takeStep(
        before,
        { step, actor, role, reasonCode: 'NOT-IN-SCOPE', ...asked },
        { pack: this.pack, nowMs: instant(day) },
      );
      const way = wayOf(before, after, asked.outcome);
      this.file = way === 'beside' ? after : this.recognised(after, before, way, day);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.refusal = error.code;
    }
  }

  /** What a reviewer of the row names; nothing for an item of the catalogue unless the row says an amount. */
  worth(credit: string): AskedStep['worth'] {
    const centi = credit ? centiOf(credit) : null;
    const isItem = this.row['item'] !== '';
    if (isItem && centi === null) return null;
    return { creditType: isItem ? null : this.creditType, centi, level: null, isAssessed: null };
  }

  private recognised(after: RecognitionCase, before: RecognitionCase, way: string, today: string): RecognitionCase {
    const { content } = after;
    const given = { creditType: this.creditType, level: null, isAssessed: false, policy: this.pack, postedOn: today };
    const besides = {
      ...toFacts({ ...content, title: '别的成果' }, given),
      seconds: 0,
      centi: centiOf(this.row['recognised besides']!),
    };
    const earlier = besides.centi === 0 ? [] : [besides];
    const question = { content, reviewed: reviewedWorth(after), pack: this.pack, earlier, today };
    const decision = decideWorth(question);
    const refusal = decision.checks.find(({ isPassed }) => !isPassed)?.code;
    if (refusal && isVote(after)) return rejectedByRules(before, after, { refusal, decision });
    const worth: WorthDecision = way === 'replacement' ? decideAnew(question, before.standard!) : decision;
    requireWorth(worth);
    const { centi, creditType, level, validUntil, isAssessed } = worth;
    const standard = { centi, creditType, level, validUntil, isAssessed, policyVersion: policyVersion(this.pack) };
    return { ...after, standard: { ...standard, entryVersion: 1 } };
  }
}

describe('appeals.csv: what becomes of a decision that somebody appeals against', () => {
  it.each(readTable('appeals.csv'))('$id: $source', (row) => {
    const told = new RowCase(row);
    const isRejected = row['decision'] === 'rejected';
    const worth = told.worth(row['reviewed credit']!);
    told.take('submission', 'applicant', DECIDED_ON);
    told.take('preliminary-review', 'first', DECIDED_ON, { outcome: 'approved', worth });
    // The shipped pack of panels decides by three votes, the other by one final reviewer.
    if (told.file.state === 'before-panel')
      for (const member of ['a', 'b', 'c'])
        told.take('panel-vote', member, DECIDED_ON, { outcome: isRejected ? 'rejected' : 'approved' });
    else told.take('final-review', 'second', DECIDED_ON, { outcome: isRejected ? 'rejected' : 'approved' });
    expect({ state: told.file.state, credit: told.credit }).toEqual({ state: row['decision'], credit: row['credit'] });
    told.take('appeal', 'applicant', row['appealed on']!);
    row['appeal']!.split(' ').forEach((vote, index, votes) => {
      const outcome = vote.startsWith('upheld') ? ('upheld' as const) : ('dismissed' as const);
      // The first who upholds it names the worth.
      const isFirst = votes.findIndex((each) => each.startsWith('upheld')) === index;
      const worth = isFirst ? told.worth(row['appeal credit']!) : null;
      const expertSince = vote.endsWith('*') ? '2015-03-01' : null;
      told.take('appeal-decision', `new ${index}`, row['appealed on']!, { outcome, worth, expertSince });
    });
    expect({ result: told.refusal ?? told.file.state, credit: told.credit }).toEqual({
      result: row['result'],
      credit: row['credit at last'],
    });
  });
});
