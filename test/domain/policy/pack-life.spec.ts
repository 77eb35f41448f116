import { Refusal } from '../../../src/kernel/refusal.js';
import {
  isNewDraft,
  lifeOf,
  requirePublishable,
  requireReviewable,
  type LifeStep,
  type PublicationFacts,
} from '../../../src/policy/domain/pack-life.js';

const VERSION = 'city@1';

/** Steps written as `draft:A:anna` (kind, content, actor), oldest first. */
function steps(...written: string[]): LifeStep[] {
  return written.map((text, index) => {
    const [kind, contentHash, actor] = text.split(':') as [LifeStep['kind'], string, string];
    return { kind, contentHash, actor, comment: null, recordedAt: index };
  });
}

function refusalOf(work: () => unknown): string {
  try {
    work();
    return 'done';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

const FUTURE: PublicationFacts = {
  effectiveFrom: '2024-09-01',
  firstFreeDay: '2024-06-11',
  isFirstPack: false,
  hasEntriesSince: false,
};

describe('a version of a pack', () => {
  it.each([
    [['draft:A:anna'], 'draft'],
    [['draft:A:anna', 'review:A:ben'], 'reviewed'],
    [['draft:A:anna', 'review:A:ben', 'draft:B:anna'], 'draft'],
    [['draft:A:anna', 'review:A:ben', 'draft:B:anna', 'draft:A:ben'], 'draft'],
    [['draft:A:anna', 'draft:B:ben', 'review:B:anna'], 'reviewed'],
    [['draft:A:anna', 'review:A:ben', 'publication:A:anna'], 'published'],
    [['publication:A:operator'], 'published'],
  ])('after %j is %s', (written, state) => {
    expect(lifeOf(steps(...written))?.state).toBe(state);
  });

  it('that nobody has drafted is none', () => {
    expect(lifeOf([])).toBeNull();
  });

  it('knows who drafted, reviewed and published what it says now', () => {
    const life = lifeOf(steps('draft:A:anna', 'draft:B:ben', 'review:B:anna', 'publication:B:carl'))!;
    expect([life.drafted, life.reviewed, life.published].map((step) => step?.actor)).toEqual(['ben', 'anna', 'carl']);
  });

  it.each([
    [[], 'A', true],
    [['draft:A:anna'], 'A', false],
    [['draft:A:anna'], 'B', true],
    [['draft:A:anna', 'review:A:ben', 'publication:A:anna'], 'A', false],
  ])('with steps %j takes the content %s as a new draft: %s', (written, content, isNew) => {
    expect(isNewDraft(VERSION, lifeOf(steps(...written)), content)).toBe(isNew);
  });

  it('takes no other content once it is published', () => {
    const life = lifeOf(steps('draft:A:anna', 'review:A:ben', 'publication:A:anna'));
    expect(refusalOf(() => isNewDraft(VERSION, life, 'B'))).toBe('policy-already-published');
  });

  it.each([
    [['draft:A:anna'], 'ben', null, 'done'],
    [['draft:A:anna'], 'ben', 'A', 'done'],
    [['draft:A:anna'], 'anna', null, 'policy-review-by-drafter'],
    [['draft:A:anna', 'draft:B:ben'], 'anna', null, 'done'],
    [['draft:A:anna', 'draft:B:ben'], 'ben', null, 'policy-review-by-drafter'],
    [['draft:A:anna', 'draft:B:anna'], 'ben', 'A', 'precondition-failed'],
    [['publication:A:operator'], 'ben', null, 'policy-already-published'],
  ])('with steps %j is reviewed by %s who read %s: %s', (written, actor, read, outcome) => {
    expect(refusalOf(() => requireReviewable(VERSION, lifeOf(steps(...written))!, actor, read))).toBe(outcome);
  });

  const reviewed = lifeOf(steps('draft:A:anna', 'review:A:ben'))!;
  it.each<[string, Partial<PublicationFacts>, string]>([
    ['in the future', {}, 'done'],
    ['on the first free day, whatever the book has', { effectiveFrom: '2024-06-11', hasEntriesSince: true }, 'done'],
    [
      'today, when today has entries',
      { effectiveFrom: '2024-06-10', hasEntriesSince: true },
      'policy-effective-in-past',
    ],
    ['today, when nothing has happened yet', { effectiveFrom: '2024-06-10' }, 'done'],
    [
      'long ago, in a bank without rules',
      { effectiveFrom: '2013-01-01', isFirstPack: true, hasEntriesSince: true },
      'done',
    ],
  ])('takes effect %s: as the book allows', (_, facts, outcome) => {
    expect(refusalOf(() => requirePublishable(VERSION, reviewed, { ...FUTURE, ...facts }))).toBe(outcome);
  });

  it.each([
    [['draft:A:anna'], 'policy-not-reviewed'],
    [['draft:A:anna', 'review:A:ben', 'draft:B:anna'], 'policy-not-reviewed'],
    [['publication:A:operator'], 'policy-already-published'],
  ])('with steps %j is not published: %s', (written, outcome) => {
    expect(refusalOf(() => requirePublishable(VERSION, lifeOf(steps(...written))!, FUTURE))).toBe(outcome);
  });
});
