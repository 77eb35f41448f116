import { Injectable } from '@nestjs/common';
import { endOfDayMs, isDay, shanghaiDay } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { Refusal, type FieldError } from '../kernel/refusal.js';
import type { Sql } from '../platform/database/sql.js';
import { isPlainText, toPlainText } from '../platform/http/plain-text.js';
import { toProblem } from '../platform/problems/problem.js';
import { unitLevel } from '../providers/providers.port.js';
import { insertAccounts, type Actor } from './accounts.store.js';
import { claimNumbers } from './directory.store.js';
import { IDENTITY_TYPES, readIdentityNumber, type IdentityType } from './domain/identity-number.js';
import { maskIdentityNumber } from './domain/mask-identity.js';
import { IdentityVault } from './identity-vault.js';
import type { Learner } from './learners.entity.js';

/** What an account is opened with, as it came from a form or a file. */
export interface AccountApplication {
  name: string;
  identityType: string;
  identityNumber: string;
  unitCode: string;
  /** `YYYY-MM-DD`; today where absent. */
  openedOn?: string;
  /** Set where a card of this county is to be issued at once. */
  countyCode?: string;
}

/** One thing that is wrong with one application. */
export interface Mistake {
  row: number;
  field: keyof AccountApplication;
  /** A refusal of its own, or else a mistake that only `validation-failed` tells. */
  cause: Refusal | Omit<FieldError, 'pointer'>;
}

/** A person ready to be written, and the document as answers show it. */
interface PreparedAccount {
  learner: Learner;
  maskedIdentity: string;
}

/** Applications that can be written unless units or other people's documents stand against it. */
export interface Preparation {
  applications: AccountApplication[];
  accounts: PreparedAccount[];
  mistakes: Mistake[];
}

/** A unit code of one of the four levels; anything else is not even looked for. */
const UNIT_CODE = /^\d{6}(?:\d{3}){0,2}$/;
const COUNTY_LEVEL = 2;
const MAX_NAME_CHARACTERS = 60;

/** The rules of opening an account, the same for one at the counter and a thousand from a file. */
@Injectable()
export class AccountOpening {
  constructor(private readonly vault: IdentityVault) {}

  /** Everything that needs no database: reads the fields, encrypts the documents. Kept out of the transaction. */
  prepare(applications: AccountApplication[], actor: Actor, nowMs: number): Preparation {
    const mistakes: Mistake[] = [];
    // Sorted, so that a list by id shows a file's rows in the order of the file.
    const learnerIds = applications.map(() => newId(nowMs)).sort();
    const accounts = applications.flatMap((application, row): PreparedAccount[] => {
      const found = this.readOne(application, row, nowMs);
      if (Array.isArray(found)) {
        mistakes.push(...found);
        return [];
      }
      const { name, identityType, identityNumber, openedOn } = found;
      const learnerId = learnerIds[row]!;
      const learner: Learner = {
        learnerId,
        name,
        identityType,
        identityCipher: this.vault.seal(learnerId, identityNumber),
        identityHash: this.vault.fingerprint(identityType, identityNumber),
        unitCode: application.unitCode,
        consentAt: openedAtMs(openedOn, nowMs),
        openedOn,
        openedBy: actor.keyId,
        recordedAt: nowMs,
      };
      return [{ learner, maskedIdentity: maskIdentityNumber(identityNumber) }];
    });
    return { applications, accounts, mistakes };
  }

  /**
   * Writes all of a preparation or, when anything is wrong, nothing it would be right to keep: the caller must then
   * refuse. Documents already on record are told only when everything else is right.
   */
  async write(sql: Sql, { applications, accounts, mistakes }: Preparation): Promise<Mistake[]> {
    const wrong = [...mistakes, ...(await unitMistakes(sql, applications))];
    if (wrong.length > 0) return wrong;
    const taken = await claimNumbers(
      sql,
      'identity',
      accounts.map(({ learner }) => ({ number: learner.identityHash, learnerId: learner.learnerId })),
    );
    if (taken.length > 0) {
      return taken.map((row) => ({ row, field: 'identityNumber', cause: new Refusal('identity-already-registered') }));
    }
    await insertAccounts(
      sql,
      accounts.map(({ learner }) => learner),
    );
    return [];
  }

  private readOne(
    application: AccountApplication,
    row: number,
    nowMs: number,
  ): { name: string; identityType: IdentityType; identityNumber: string; openedOn: string } | Mistake[] {
    const mistakes: Mistake[] = [];
    const name = toPlainText(application.name);
    if (!isPlainText(name) || name === '' || [...name].length > MAX_NAME_CHARACTERS) {
      mistakes.push({ row, field: 'name', cause: NAME_WRONG });
    }
    const identityType = IDENTITY_TYPES.find((type) => type === application.identityType);
    if (!identityType) mistakes.push({ row, field: 'identityType', cause: TYPE_WRONG });
    const identityNumber = identityType ? readIdentityNumber(identityType, application.identityNumber) : null;
    if (identityType && identityNumber === null) {
      const cause = new Refusal('identity-number-invalid', { idType: identityType });
      mistakes.push({ row, field: 'identityNumber', cause });
    }
    const today = shanghaiDay(nowMs);
    const openedOn = application.openedOn ?? today;
    if (!isDay(openedOn) || openedOn > today) mistakes.push({ row, field: 'openedOn', cause: DAY_WRONG });
    return mistakes.length === 0 && isPlainText(name) && identityType && identityNumber !== null
      ? { name, identityType, identityNumber, openedOn }
      : mistakes;
  }
}

const NAME_WRONG = {
  code: 'isPersonName',
  detail: `姓名为 1 至 ${MAX_NAME_CHARACTERS} 个字符，不含乱码和控制字符 a name has 1 to ${MAX_NAME_CHARACTERS} characters, none damaged`,
};
const TYPE_WRONG = {
  code: 'isIn',
  detail: `证件类型须为 the document type must be one of ${IDENTITY_TYPES.join(', ')}`,
};
const DAY_WRONG = {
  code: 'isOpeningDay',
  detail: '必须是不晚于今天的日期 YYYY-MM-DD must be a day not after today',
};

/** When an account of that day was opened: now, or for one written down later the end of its day. Epoch milliseconds. */
export function openedAtMs(openedOn: string, nowMs: number): number {
  return Math.min(nowMs, endOfDayMs(openedOn));
}

/** The mistake as a line of `validation-failed`. */
export function toFieldError({ field, cause }: Mistake, parent: string): FieldError {
  const pointer = `${parent}/${field}`;
  if (!(cause instanceof Refusal)) return { pointer, ...cause };
  const { detail, detailEn } = toProblem(cause);
  return { pointer, code: cause.code, detail: `${detail} ${detailEn}` };
}

async function unitMistakes(sql: Sql, applications: AccountApplication[]): Promise<Mistake[]> {
  const levels = new Map<string, number | null>();
  for (const code of applications.flatMap(({ unitCode, countyCode }) => [unitCode, countyCode ?? unitCode])) {
    if (!levels.has(code)) levels.set(code, UNIT_CODE.test(code) ? await unitLevel(sql, code) : null);
  }
  const unknown = (unitCode: string) => new Refusal('unit-unknown', { unitCode });
  return applications.flatMap(({ unitCode, countyCode }, row): Mistake[] => [
    ...(levels.get(unitCode) === null ? [{ row, field: 'unitCode' as const, cause: unknown(unitCode) }] : []),
    ...(countyCode !== undefined && levels.get(countyCode) !== COUNTY_LEVEL
      ? [{ row, field: 'countyCode' as const, cause: unknown(countyCode) }]
      : []),
  ]);
}

/** Refuses with `unit-unknown` unless this is a county, district or county-level city on record. */
export async function requireCounty(sql: Sql, countyCode: string): Promise<void> {
  if (!UNIT_CODE.test(countyCode) || (await unitLevel(sql, countyCode)) !== COUNTY_LEVEL) {
    throw new Refusal('unit-unknown', { unitCode: countyCode });
  }
}
