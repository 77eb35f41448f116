import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Rule {
  code: string;
  [field: string]: unknown;
}

/** The shipped rules, their conversion to be approved by somebody else within so many days. */
export function approvalRules(holdDays: number, changes: object = {}): object {
  const file = parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as { conversionRules: Rule[] };
  return {
    ...file,
    version: `2024.9-${holdDays}`,
    effectiveFrom: '2024-01-01',
    conversionRules: [{ ...file.conversionRules[0]!, approval: 'required', holdDays }],
    ...changes,
  };
}
