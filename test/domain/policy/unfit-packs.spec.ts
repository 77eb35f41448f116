import type { PackFile } from '../../../src/policy/domain/pack-file.js';
import type { ProgrammeFile } from '../../../src/policy/domain/programmes.js';
import { readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import { foundIn, named, rule, shippedFile } from './pack-parts.js';

const AT = '/programmes/2';

function item(credit: string, changes: object = {}) {
  return {
    code: `ITEM-${credit.replace('.', '-')}`,
    title: named('Item'),
    creditType: 'vocational',
    credit,
    required: true,
    ...changes,
  };
}

function bucket(code: string, maximum: string | undefined, changes: object = {}) {
  return { code, name: named(code), accepts: { creditTypes: ['vocational'] }, maximum, ...changes };
}

function cap(code: string, origins: string[], share: string) {
  const limit = { share, of: 'required' };
  return { code, name: named(code), limit, ...(origins.length > 0 ? { only: { origins } } : {}) };
}

function floor(limit: object) {
  return { code: 'floor', name: named('Floor'), limit };
}

/** Of a programme of 10 credits in one bucket: what it says besides, and the mistake; null where there is none. */
const PROGRAMMES: [what: string, says: object, mistake: [pointer: string, code: string, right: string] | null][] = [
  [
    'a required item of more than the total',
    { items: [item('10.01')] },
    ['/items/0/credit', 'item-over-total', "at most '10.00', or a higher total"],
  ],
  ['a required item of the whole total', { items: [item('10')] }, null],
  ['a larger item that need not be done', { items: [item('11', { required: false })] }, null],
  [
    'required items of more than the total together',
    { items: [item('6'), item('4.01')] },
    ['/total', 'items-over-total', "at least '10.01', or one of the items not required"],
  ],
  ['required items of the total together', { items: [item('6'), item('4')] }, null],
  [
    'a required item of more than its bucket counts',
    {
      buckets: [bucket('a', '4'), bucket('b', undefined, { accepts: { creditTypes: ['leisure'] } })],
      items: [item('5')],
    },
    ['/items/0/credit', 'item-over-buckets', "at most '4.00', or a higher maximum"],
  ],
  [
    'a required item that two buckets can hold together',
    { buckets: [bucket('a', '4'), bucket('b', '6')], items: [item('10')] },
    null,
  ],
  [
    'a required item whose surplus may count elsewhere',
    {
      buckets: [
        bucket('a', '4', { overflowTo: 'b' }),
        bucket('b', undefined, { accepts: { creditTypes: ['leisure'] } }),
      ],
      items: [item('5')],
    },
    null,
  ],
  [
    'a required item in a bucket that takes every type',
    { buckets: [{ ...bucket('a', '10'), accepts: {} }], items: [item('5')] },
    null,
  ],
  [
    'a required item of a type that no bucket takes',
    { items: [item('1', { creditType: 'leisure' })] },
    ['/items/0/creditType', 'item-without-bucket', 'let a bucket accept leisure'],
  ],
  [
    'a floor of more than the total',
    { floors: [floor({ credit: '10.01' })] },
    ['/floors/0/limit/credit', 'floor-over-total', "at most '10.00', or a higher total"],
  ],
  ['a floor of the total', { floors: [floor({ credit: '10' })] }, null],
  ['a floor of the whole as a share', { floors: [floor({ share: '1/1', of: 'total' })] }, null],
  ['a floor that counts outcomes', { floors: [floor({ count: 2_000 })] }, null],
  [
    'buckets that hold less than the total together',
    { buckets: [bucket('a', '4'), bucket('b', '5.99')] },
    ['/total', 'no-room-for-total', "a total of at most '9.99', or a higher maximum"],
  ],
  ['buckets that hold the total', { buckets: [bucket('a', '4'), bucket('b', '6')] }, null],
  [
    'caps that together let less count than the total',
    { required: '5', caps: [cap('own', ['attendance'], '1/1'), cap('others', ['recognition', 'conversion'], '4/5')] },
    ['/total', 'caps-below-total', "a total of at most '9.00', or a higher cap"],
  ],
  [
    'caps that together let the total count',
    { required: '5', caps: [cap('own', ['attendance'], '1/1'), cap('others', ['recognition', 'conversion'], '1/1')] },
    null,
  ],
  [
    'a cap on all learning below the total',
    { caps: [cap('all', [], '1/2')] },
    ['/total', 'caps-below-total', "a total of at most '5.00', or a higher cap"],
  ],
  [
    'caps that leave some learning free',
    { caps: [cap('own', ['attendance'], '1/9'), cap('others', ['conversion'], '1/9')] },
    null,
  ],
  ['caps that are counted for each provider', { caps: [{ ...cap('all', [], '1/2'), each: ['provider'] }] }, null],
  ['caps of which one asks more', { caps: [{ ...cap('all', [], '1/2'), only: { assessedOnly: true } }] }, null],
  [
    'caps on all types that its buckets take',
    { caps: [{ ...cap('type', [], '1/2'), only: { creditTypes: ['vocational'] } }] },
    ['/total', 'caps-below-total', "a total of at most '5.00', or a higher cap"],
  ],
  ['a bucket without a maximum', { buckets: [bucket('a', '4'), bucket('b', undefined)] }, null],
];

function mistakesWith(change: (file: PackFile) => void) {
  const file = shippedFile();
  change(file);
  return foundIn(() => readPolicyPack(file)).map(({ pointer, code, suggestion }) => [pointer, code, suggestion.en]);
}

describe('a programme that nobody could complete is refused, and no other', () => {
  it.each(PROGRAMMES)('%s', (_, says, mistake) => {
    const plain = {
      code: 'unfit',
      title: named('Unfit'),
      category: 'vocational',
      total: '10',
      buckets: [bucket('a', undefined)],
    };
    const found = mistakesWith((file) => file.programmes.push({ ...plain, ...says } as ProgrammeFile));
    expect(found).toEqual(mistake === null ? [] : [[`${AT}${mistake[0]}`, mistake[1], mistake[2]]]);
  });
});

const SUPPLEMENT = named('Do unit three');

describe('a rule of which every request would be refused for its overlap', () => {
  const least = 'overlapPercent 80 or more; a supplement where learners are to be told what to do';
  it.each<[what: string, says: object, pointer: string | null]>([
    ['below the least of its programme is refused', { overlapPercent: 79 }, '/conversionRules/1/overlapPercent'],
    ['that states none is refused', {}, '/conversionRules/1'],
    ['that is just enough may be there', { overlapPercent: 80 }, null],
    ['that says what can be done instead may be there', { overlapPercent: 75, supplement: SUPPLEMENT }, null],
  ])('%s', (_, says, pointer) => {
    const found = mistakesWith((file) => {
      file.programmes[0]!.minimumOverlapPercent = 80;
      const to = [{ creditType: 'vocational', programme: 'community-learner' }];
      file.conversionRules.push({ ...rule('overlap', 'leisure', 'vocational'), to, ...says });
    });
    expect(found).toEqual(pointer === null ? [] : [[pointer, 'overlap-too-low', least]]);
  });
});

describe('a rule whose sources can never have the level that it asks for', () => {
  const level = (code: string) => ({ code, name: named(code) });
  it.each<[what: string, source: object, says: object, pointer: string | null]>([
    ['a lower item is refused', { items: ['LOW'] }, { level: 'at-least-target' }, '/items'],
    ['an item of another scheme is refused', { items: ['ELSE'] }, { level: 'at-least-target' }, '/items'],
    ['an item without a level is refused', { items: ['BARE'] }, { level: 'same' }, '/items'],
    ['one item of two that fits is enough', { items: ['LOW', 'HIGH'] }, { level: 'at-least-target' }, null],
    ['a higher item is not the same', { items: ['HIGH'] }, { level: 'same' }, '/items'],
    ['a level that is not asked is no matter', { items: ['LOW'] }, {}, null],
    ['a type alone may have any level', { creditTypes: ['leisure'] }, { level: 'same' }, null],
    ['a lower least may still be higher', { minimumLevel: 'X1' }, { level: 'at-least-target' }, null],
    ['a higher least is never the same', { minimumLevel: 'X3' }, { level: 'same' }, '/minimumLevel'],
    ['a least of another scheme is refused', { minimumLevel: 'Y1' }, { level: 'at-least-target' }, '/minimumLevel'],
  ])('%s', (_, source, says, pointer) => {
    const found = mistakesWith((file) => {
      file.levelSchemes = [
        { code: 'x', name: named('X'), levels: [level('X1'), level('X2'), level('X3')] },
        { code: 'y', name: named('Y'), levels: [level('Y1')] },
      ];
      for (const type of file.creditTypes) delete type.levelScheme;
      const [first] = file.recognition!.catalogue!;
      const item = (code: string, own: object) => ({
        ...{ code, name: named(code), outcomeClass: 'certificate', creditType: 'leisure', credit: '1' },
        ...{ effectiveFrom: first!.effectiveFrom, review: 'one' },
        ...own,
      });
      const levels = { LOW: { level: 'X1' }, HIGH: { level: 'X3' }, ELSE: { level: 'Y1' }, BARE: {} };
      Object.assign(file.recognition!, { catalogue: Object.entries(levels).map(([code, own]) => item(code, own)) });
      file.programmes.forEach((programme) => {
        programme.level = 'X2';
        delete programme.items;
      });
      const to = [{ creditType: 'vocational', programme: file.programmes[0]!.code }];
      file.conversionRules = [{ ...rule('level', 'leisure', 'vocational'), from: [source], to, ...says }];
    });
    expect(found.map(([at, code]) => [at, code])).toEqual(
      pointer === null ? [] : [[`/conversionRules/0/from/0${pointer}`, 'level-never-fits']],
    );
  });
});
