import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { formatCredit, parseCredit } from '../../src/kernel/credit.js';
import type { OutcomeClass, OutcomeOrigin } from '../../src/kernel/outcome.js';
import { readProgramme, type ProgrammeFile } from '../../src/policy/domain/programmes.js';
import { readTitleRules } from '../../src/policy/domain/title-rules.js';
import {
  drawAward,
  evaluateProgramme,
  missingInWords,
  type EvaluationCase,
} from '../../src/programmes/domain/evaluate-programme.js';
import { solve } from '../../src/programmes/solver.js';
import { lotsOf, TODAY, type Credit } from '../domain/programmes/programme-parts.js';
import { packOf, readTable, type Row } from './read-table.js';

const RULES = parse(readFileSync(new URL('programme-rules.yaml', import.meta.url), 'utf8')) as ProgrammeFile[];

/** A programme as a row names it: of `programme-rules.yaml`, or `acbs-like/bachelor` for one of a shipped pack. */
function programmeOf(row: Row): Pick<EvaluationCase, 'programme' | 'rules'> {
  const [pack, code] = row['programme']!.split('/') as [string, string?];
  const file = RULES.find((each) => each.code === pack);
  if (code === undefined && file)
    return {
      programme: readProgramme(file, []),
      rules: { creditTypes: [], levelSchemes: [], titleRules: readTitleRules({}) },
    };
  const rules = packOf({ ...row, pack });
  const programme = rules.programmes.find((each) => each.code === code);
  if (!programme) throw new Error(`Row ${row['id']} names a programme that is nowhere`);
  return { programme, rules };
}

/** Credit as a row writes it: `major 4 item=SM2007 grade=75 end=2024-01-15`; several with semicolons. */
function creditsOf(text: string): Credit[] {
  return text.split('; ').map((part): Credit => {
    const [creditType, amount, ...words] = part.split(' ') as [string, string, ...string[]];
    const facts = new Map(words.map((word) => word.split('=') as [string, string]));
    return {
      creditType,
      centi: parseCredit(amount)!,
      item: facts.get('item') ?? null,
      title: facts.get('title') ?? '',
      provider: facts.get('provider') ?? null,
      outcomeClass: (facts.get('class') ?? 'course') as OutcomeClass,
      origin: (facts.get('origin') ?? 'recognition') as OutcomeOrigin,
      endsOn: facts.get('end') ?? '2024-03-01',
      grade: facts.has('grade') ? Number(facts.get('grade')) : null,
    };
  });
}

describe('programmes.csv: what counts towards an award', () => {
  it.each(readTable('programmes.csv'))('$id: $source', (row) => {
    const given = {
      ...programmeOf(row),
      ...lotsOf(creditsOf(row['credit']!)),
      today: TODAY,
      solve,
    };
    const progress = evaluateProgramme(given);
    expect({
      met: progress.isMet ? 'yes' : 'no',
      counted: formatCredit(progress.total.have),
      missing: missingInWords(progress),
    }).toEqual({ met: row['met'], counted: row['counted'], missing: row['missing'] });
    const drawn = drawAward(given)?.reduce((sum, { amountCenti }) => sum + amountCenti, 0) ?? null;
    expect(drawn).toBe(progress.isMet ? given.programme.totalCenti : null);
  });
});
