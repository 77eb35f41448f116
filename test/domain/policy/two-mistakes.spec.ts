import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { MistakeCode } from '../../../src/policy/domain/mistake-words.js';
import type { PackFile } from '../../../src/policy/domain/pack-file.js';
import { readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import { foundIn, named } from './pack-parts.js';

const PACKS = ['taiyuan-default', 'cixi-like', 'acbs-like'] as const;
const CONTENTS = Object.fromEntries(
  PACKS.map((name) => [name, parse(readFileSync(`fixtures/policy/${name}.yaml`, 'utf8')) as PackFile]),
);

/** A mistake that was put into a file: where it is reported, and as what. */
interface Planted {
  pointer: string;
  code: MistakeCode | null;
  /** Parts of the file that this mistake has to do with. */
  parts: string[];
}

/** Puts a mistake of meaning into a file; null where the file has no place for it. */
type Plant = (file: PackFile, pick: (below: number) => number) => Planted | null;

const LOST = 'nowhere-at-all';

function planted(code: MistakeCode, pointer: string, ...others: string[]): Planted {
  return { code, pointer, parts: [pointer.split('/')[1]!, ...others] };
}

const MEANINGS: Record<string, Plant> = {
  'a tariff of a credit type': (file, pick) => {
    const index = pick(file.creditTypes.length);
    file.creditTypes[index]!.tariff = LOST;
    return planted('name-unknown', `/creditTypes/${index}/tariff`, 'tariffs');
  },
  'a tariff of an activity': (file, pick) => {
    const index = pick(file.activityTypes.length);
    file.activityTypes[index]!.tariff = LOST;
    return planted('name-unknown', `/activityTypes/${index}/tariff`, 'tariffs');
  },
  'a step that is not whole': (file, pick) => {
    const index = pick(file.tariffs.length);
    Object.assign(file.tariffs[index]!, { classHoursPerCredit: 17.77, step: '0.01' });
    return planted('step-not-whole', `/tariffs/${index}/classHoursPerCredit`, 'classHourMinutes');
  },
  'steps out of order': (file, pick) => {
    const index = pick(file.activityTypes.length);
    file.activityTypes[index]!.completion = {
      attendance: [8, 8].map((upToSessions) => ({ upToSessions, percent: 80 })),
      otherwisePercent: 70,
    };
    return planted('steps-not-rising', `/activityTypes/${index}/completion/attendance/1/upToSessions`);
  },
  'a type of a catalogue item': (file, pick) => {
    const items = file.recognition?.catalogue;
    if (!items) return null;
    const index = pick(items.length);
    items[index]!.creditType = LOST;
    return planted('name-unknown', `/recognition/catalogue/${index}/creditType`, 'creditTypes');
  },
  'a course that is not declared': (file, pick) => {
    file.caps = [...(file.caps ?? [])];
    const cap = {
      code: 'planted',
      name: named('Cap'),
      limit: { credit: '1' },
      per: 'year',
      whenOver: 'refuse',
    } as const;
    const index = pick(file.caps.length + 1);
    file.caps.splice(index, 0, { ...cap, only: { items: [LOST] } });
    return planted('item-undeclared', `/caps/${index}/only/items/0`, 'recognition', 'programmes', 'courses');
  },
  'a cap of nothing': (file, pick) => {
    file.caps = [...(file.caps ?? [])];
    const index = pick(file.caps.length + 1);
    const cap = { code: 'planted', name: named('Cap'), per: 'year', whenOver: 'refuse' } as const;
    file.caps.splice(index, 0, { ...cap, limit: { credit: '0' } });
    return planted('limit-of-nothing', `/caps/${index}/limit/credit`);
  },
  'a programme that asks for less than its buckets': (file, pick) => {
    if (file.programmes.length === 0) return null;
    const index = pick(file.programmes.length);
    const programme = file.programmes[index]!;
    programme.total = '0.01';
    // They would ask for more than that as well.
    delete programme.floors;
    delete programme.items;
    return planted('minimums-over-total', `/programmes/${index}/total`, 'creditTypes');
  },
  'a type of a bucket': (file, pick) => {
    if (file.programmes.length === 0) return null;
    const index = pick(file.programmes.length);
    const { buckets } = file.programmes[index]!;
    buckets.push({ creditType: LOST });
    return planted('name-unknown', `/programmes/${index}/buckets/${buckets.length - 1}/creditType`, 'creditTypes');
  },
  'a rule into an unknown type': (file, pick) => {
    const rule = { code: 'planted', name: named('Rule'), effectiveFrom: '2024-01-01' };
    const index = pick(file.conversionRules.length + 1);
    file.conversionRules.splice(index, 0, { ...rule, from: file.creditTypes[0]!.code, to: LOST });
    return planted('name-unknown', `/conversionRules/${index}/to`, 'creditTypes');
  },
  'two credit types of one code': (file) => {
    file.creditTypes.push({ ...file.creditTypes[0]! });
    return planted('code-twice', `/creditTypes/${file.creditTypes.length - 1}/code`, 'tariffs');
  },
  'ages that fall': (file) => {
    file.ageBandsUpTo = [30, 20];
    return planted('steps-not-rising', '/ageBandsUpTo/1');
  },
  'a day that is free and worked': (file) => {
    file.calendar = { ...file.calendar, holidays: ['2024-10-06'], workdays: ['2024-10-06'] };
    return planted('day-free-and-worked', '/calendar/workdays/0');
  },
  'honours that fall': (file) => {
    const steps = [50, 40].map((hours) => ({ hours, title: named('T') }));
    file.rewards = { ...file.rewards, ladders: [{ code: 'planted', name: named('L'), steps }] };
    return planted('steps-not-rising', '/rewards/ladders/0/steps/1/hours');
  },
};

/** Mistakes that two values make together: of one of them alone there is none. */
const OF_TWO_VALUES = ['two credit types of one code', 'ages that fall', 'a day that is free and worked'];

/** Every value of a file that is no mapping or list, by its pointer. */
function leavesOf(value: unknown, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return [pointer];
  return Object.entries(value).flatMap(([name, part]) => leavesOf(part, `${pointer}/${name}`));
}

/** Puts a value of a type that fits nowhere in the place of another. */
function misshape(file: PackFile, pointer: string): void {
  const path = pointer.split('/').slice(1);
  const last = path.pop()!;
  const parent = path.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], file);
  (parent as Record<string, unknown>)[last] = { wrong: true };
}

function entryOf(pointer: string): string {
  return /^.*?\/\d+/.exec(pointer)?.[0] ?? pointer;
}

const mistakesOf = (file: PackFile) => foundIn(() => readPolicyPack(file));

describe('two mistakes in different parts of a pack', () => {
  const meaning = fc.constantFrom(...Object.keys(MEANINGS));
  const picks = fc.infiniteStream(fc.nat(1_000_000));
  const picker = (stream: Iterator<number>) => (below: number) => stream.next().value % below;

  it('of shape and of meaning are both reported, and nothing that only follows from them', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PACKS), meaning, picks, (name, what, stream) => {
        const file = structuredClone(CONTENTS[name]!);
        const pick = picker(stream);
        const mistake = MEANINGS[what]!(file, pick);
        fc.pre(mistake !== null);
        const leaves = leavesOf(file).filter((leaf) => !mistake.parts.includes(leaf.split('/')[1]!));
        const leaf = leaves[pick(leaves.length)]!;
        misshape(file, leaf);
        const found = mistakesOf(file);
        expect(found.map(({ code }) => code)).not.toContain('shape-wrong');
        expect(found.filter(({ pointer }) => !leaf.startsWith(pointer) && !pointer.startsWith(leaf))).toMatchObject([
          { pointer: mistake.pointer, code: mistake.code },
        ]);
        expect(found.some(({ pointer }) => leaf.startsWith(pointer) || pointer.startsWith(leaf))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('in other entries of one part are both reported', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PACKS), meaning, picks, (name, what, stream) => {
        const file = structuredClone(CONTENTS[name]!);
        const pick = picker(stream);
        const mistake = MEANINGS[what]!(file, pick);
        fc.pre(mistake !== null);
        const part = mistake.parts[0]!;
        const leaves = leavesOf(file).filter(
          (leaf) =>
            leaf.split('/')[1] === part && !leaf.endsWith('/code') && entryOf(leaf) !== entryOf(mistake.pointer),
        );
        fc.pre(leaves.length > 0 && !OF_TWO_VALUES.includes(what));
        const leaf = leaves[pick(leaves.length)]!;
        misshape(file, leaf);
        expect(mistakesOf(file)).toContainEqual(
          expect.objectContaining({ pointer: mistake.pointer, code: mistake.code }),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('of meaning are both reported', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PACKS), meaning, meaning, picks, (name, one, two, stream) => {
        const file = structuredClone(CONTENTS[name]!);
        const pick = picker(stream);
        const first = MEANINGS[one]!(file, pick);
        fc.pre(first !== null);
        const second = MEANINGS[two]!(file, pick);
        fc.pre(second !== null && second.parts[0] !== first.parts[0]);
        expect(mistakesOf(file)).toEqual(
          expect.arrayContaining(
            [first, second].map(({ pointer, code }): unknown => expect.objectContaining({ pointer, code })),
          ),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('of shape are both reported', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PACKS), picks, (name, stream) => {
        const file = structuredClone(CONTENTS[name]!);
        const pick = picker(stream);
        const leaves = leavesOf(file);
        const [first, second] = [leaves[pick(leaves.length)]!, leaves[pick(leaves.length)]!];
        fc.pre(entryOf(first) !== entryOf(second));
        misshape(file, first);
        misshape(file, second);
        const found = mistakesOf(file);
        for (const leaf of [first, second])
          expect(found.some(({ pointer }) => leaf.startsWith(pointer) || pointer.startsWith(leaf))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
