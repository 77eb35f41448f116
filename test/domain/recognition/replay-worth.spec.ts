import type { PackFile } from '../../../src/policy/domain/pack-file.js';
import { toFacts } from '../../../src/recognition/domain/decide-worth.js';
import { replayWorth, type RecognitionThen } from '../../../src/recognition/domain/replay-worth.js';
import type { ReviewedWorth } from '../../../src/recognition/domain/worth.js';
import { named } from '../policy/pack-parts.js';
import { aPaper, packWith } from './a-case.js';

const BY_RATE: ReviewedWorth = { creditType: 'vocational', centi: null, level: null, isAssessed: null };

/** A training of 4.00 that was recognised as 2.00 by the rate. */
function then(entryVersion: number, changes: Partial<RecognitionThen> = {}): RecognitionThen {
  return {
    content: aPaper({ outcomeClass: 'training', item: null, rawCenti: 400 }),
    reviewed: BY_RATE,
    standard: {
      creditType: 'vocational',
      centi: 200,
      level: null,
      validUntil: null,
      isAssessed: false,
      policyVersion: 'taiyuan-default@1',
      entryVersion,
    },
    isStanding: true,
    decidedOn: '2024-06-10',
    isDrafted: true,
    earlier: [],
    ...changes,
  };
}

/** What one entry brought in, as caps count it. */
function came(version: number) {
  const given = { creditType: 'vocational', level: null, isAssessed: false, policy: null, postedOn: '2024-06-10' };
  return { ...toFacts(aPaper(), given), seconds: 0, centi: 200, version };
}

/** Raw credit of a training counts whole, up to 5.00 a year. */
const draft = packWith((file: PackFile) => {
  file.recognition!.rawCredit!.find(({ outcomeClass }) => outcomeClass === 'training')!.ratio = { from: 1, to: 1 };
  file.caps = [{ code: 'year', name: named('Year'), limit: { credit: '5.00' }, per: 'year', whenOver: 'cut' }];
});

describe('recognitions decided again', () => {
  it('meet the caps in the order of the book, with what earlier ones are worth now', () => {
    const outcome = replayWorth([then(2, { earlier: [came(1)] }), then(1)], draft);
    // 4.00, and of the second what 5.00 leaves.
    expect([outcome.before.get('vocational'), outcome.after.get('vocational')]).toEqual([400, 500]);
    expect(outcome).toMatchObject({ decided: 2, keptAsReviewed: 0, refused: [] });
  });

  it('count towards later ones also when they were taken back since, and bring nothing themselves', () => {
    const outcome = replayWorth([then(1, { isStanding: false }), then(2, { earlier: [came(1)] })], draft);
    expect([outcome.before.get('vocational'), outcome.after.get('vocational')]).toEqual([200, 100]);
    expect(outcome.decided).toBe(1);
  });

  it('are kept outside the period, and where a reviewer said the number', () => {
    const said = then(2, { reviewed: { ...BY_RATE, centi: 200 } });
    const outcome = replayWorth([then(1, { isDrafted: false }), said], draft);
    expect([...outcome.after]).toEqual([['vocational', 400]]);
    expect(outcome).toMatchObject({ decided: 0, keptAsReviewed: 1 });
  });

  it.each([
    ['recognise nothing', (file: PackFile) => delete file.recognition, 'recognition-not-offered'],
    ['have no such item', () => undefined, 'catalogue-item-unknown'],
  ])('are lost under rules that %s', (_what, change, code) => {
    const gone = then(1, { content: aPaper({ item: 'NOT-THERE' }) });
    const outcome = replayWorth([gone], packWith(change));
    expect(outcome).toMatchObject({ decided: 1, refused: [code] });
    expect([outcome.before.get('vocational'), outcome.after.get('vocational')]).toEqual([200, undefined]);
  });
});
