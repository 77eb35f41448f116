import { Refusal } from '../../../src/kernel/refusal.js';
import { requireAccountChange, requireOpenAccount } from '../../../src/learners/domain/account-status.js';
import {
  CARD_STATUSES,
  requireCardChange,
  requireNoUsableCard,
  type CardStatus,
} from '../../../src/learners/domain/card-status.js';
import type { AccountStatus } from '../../../src/ledger/domain/post-entry.js';

const CARD_CHANGES_ALLOWED = [
  'issued→active',
  'issued→lost',
  'issued→closed',
  'active→lost',
  'active→closed',
  'lost→replaced',
  'lost→closed',
];
const cardPairs = CARD_STATUSES.flatMap((from) => CARD_STATUSES.map((to): [CardStatus, CardStatus] => [from, to]));

const ACCOUNT_STATUSES: AccountStatus[] = ['active', 'frozen', 'closed'];
const ACCOUNT_CHANGES_ALLOWED = ['active→frozen', 'frozen→active', 'active→closed', 'frozen→closed'];
const accountPairs = ACCOUNT_STATUSES.flatMap((from) =>
  ACCOUNT_STATUSES.map((to): [AccountStatus, AccountStatus] => [from, to]),
);

/** What `rule` refuses with, or `allowed`. */
function outcomeOf(rule: () => void): unknown {
  try {
    rule();
    return 'allowed';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { code: error.code, details: error.details };
  }
}

describe('a card', () => {
  it.each(cardPairs)('that is %s may become %s only by the table', (status, wanted) => {
    expect(outcomeOf(() => requireCardChange(status, wanted))).toEqual(
      CARD_CHANGES_ALLOWED.includes(`${status}→${wanted}`)
        ? 'allowed'
        : { code: 'card-change-not-allowed', details: { status, wanted } },
    );
  });

  it.each<[CardStatus[], boolean]>([
    [[], true],
    [['lost'], true],
    [['replaced', 'closed'], true],
    [['issued'], false],
    [['replaced', 'active'], false],
  ])('may be issued beside %j: %p', (statuses, allowed) => {
    expect(outcomeOf(() => requireNoUsableCard(statuses))).toEqual(
      allowed ? 'allowed' : { code: 'card-still-valid', details: {} },
    );
  });
});

describe('an account', () => {
  it.each(accountPairs)('that is %s may become %s only by the table', (status, wanted) => {
    expect(outcomeOf(() => requireAccountChange(status, wanted))).toEqual(
      ACCOUNT_CHANGES_ALLOWED.includes(`${status}→${wanted}`)
        ? 'allowed'
        : { code: 'account-change-not-allowed', details: { status, wanted } },
    );
  });

  it.each<[AccountStatus, boolean]>([
    ['active', true],
    ['frozen', true],
    ['closed', false],
  ])('that is %s may be given a card: %p', (status, allowed) => {
    expect(outcomeOf(() => requireOpenAccount(status))).toEqual(
      allowed ? 'allowed' : { code: 'account-closed', details: {} },
    );
  });
});
