import { duplicates, type Mistake } from './mistake.js';
import { described, list, NAMED, object, WORD, type Named, type Schema } from './schema-parts.js';

/*
 * Courses and providers live in the bank, not in its rules. A pack declares those that its rules name, so that a
 * misspelt code is seen when the pack is checked and not when a learner is refused.
 */

/** A course or provider of the bank that rules of the pack name. */
export interface DeclaredName {
  code: string;
  name: Named;
}

/** A code as the bank's own catalogue has it. */
export const CODE_IN_BANK: Schema = { ...WORD, maxLength: 60 };

function declarations(zh: string, en: string, code: Schema): Schema {
  return described(list(object({ code, name: NAMED })), zh, en);
}

export const COURSES_SCHEMA = declarations(
  '规则中提到的本行课程：items 与 courses 只能写这里声明的代码（以及成果目录项目、项目内环节的代码）',
  'Courses of the bank that rules name: items and courses may say only codes declared here (or of the outcome catalogue and of items of programmes)',
  described(CODE_IN_BANK, '课程代码，与本行课程目录一致', 'Code of the course, as in the catalogue of the bank', {
    example: 'KC-0001',
  }),
);

export const PROVIDERS_SCHEMA = declarations(
  '规则中提到的办学机构：providers 条件只能写这里声明的代码',
  'Providers of the bank that rules name: patterns may say only codes declared here',
  described(CODE_IN_BANK, '办学机构代码，与本行名录一致', 'Code of the provider, as the bank lists it', {
    example: 'SQXY-YZ',
  }),
);

/** Codes that are declared twice. */
export function declaredNameMistakes(pack: { courses: DeclaredName[]; providers: DeclaredName[] }): Mistake[] {
  return [...duplicates('/courses', pack.courses), ...duplicates('/providers', pack.providers)];
}
