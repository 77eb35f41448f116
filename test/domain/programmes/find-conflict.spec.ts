import fc from 'fast-check';
import { findConflict } from '../../../src/programmes/domain/find-conflict.js';
import { ProgrammeBuilder, type Row } from '../../../src/programmes/domain/integer-programme.js';
import { solve } from '../../../src/programmes/solver.js';

/** Three things that are there or not, and rules about them. */
function builderOf(rows: Row[]): ProgrammeBuilder {
  const builder = new ProgrammeBuilder();
  for (let index = 0; index < 3; index += 1) builder.column(0, 1);
  rows.forEach(({ name, terms, lower, upper }) => builder.row(name, terms, lower, upper));
  return builder;
}

const conflictOf = (rows: Row[], isTimeLeft = () => true) =>
  findConflict(
    { builder: builderOf(rows), courses: [] },
    { objective: 'study-time' },
    { amounts: new Set(), solve: (problem) => Promise.resolve(solve(problem)), isTimeLeft },
  );

const isPossible = (rows: Row[]) => solve(builderOf(rows).minimising([])).status !== 'none';

const ROWS: Row[] = [
  { name: 'maximum major', terms: [[2, 1]], lower: 0, upper: 0 },
  { name: 'cap first', terms: [[0, 1]], lower: 0, upper: 0 },
  { name: 'cap second', terms: [[1, 1]], lower: 0, upper: 0 },
  { name: 'bucket major', terms: [[2, 1]], lower: 1, upper: 1 },
  {
    name: 'total',
    terms: [
      [0, 1],
      [1, 1],
    ],
    lower: 1,
    upper: 2,
  },
];

const rules = fc
  .array(
    fc.record({
      coefficients: fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: -1, max: 1 }))),
      lower: fc.integer({ min: -1, max: 2 }),
      span: fc.integer({ min: 0, max: 1 }),
    }),
    { minLength: 2, maxLength: 6 },
  )
  .map((all) =>
    all.map(({ coefficients, lower, span }, index): Row => ({
      name: `cap ${index}`,
      terms: coefficients.map((coefficient, column) => [column, coefficient]),
      lower,
      upper: lower + span,
    })),
  );

describe('what makes a plan impossible', () => {
  it('is the fewest rules, also where leaving out one after the other ends with more', async () => {
    await expect(conflictOf(ROWS)).resolves.toEqual({
      rules: ['maximum major', 'bucket major'],
      measured: 'bucket major',
      most: 0,
      isSmallest: true,
    });
  });

  it('is said to be unproven when the time runs out', async () => {
    await expect(conflictOf(ROWS, () => false)).resolves.toMatchObject({ isSmallest: false });
  });

  it('has no fewer rules than any others that clash, whatever the rules are', async () => {
    await fc.assert(
      fc.asyncProperty(rules, async (rows) => {
        fc.pre(!isPossible(rows));
        const { rules: found, isSmallest } = await conflictOf(rows);
        const kept = rows.filter(({ name }) => found.includes(name));
        expect({ isSmallest, isPossible: isPossible(kept) }).toEqual({ isSmallest: true, isPossible: false });
        for (let choice = 0; choice < 2 ** rows.length; choice += 1) {
          const some = rows.filter((_, index) => (choice >> index) & 1);
          if (some.length < found.length) expect(isPossible(some)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
