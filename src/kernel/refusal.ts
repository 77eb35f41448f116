/** Every way the bank says no. The sentence and HTTP status of each live in one table: `platform/problems/problem-catalogue.ts`. */
export type RefusalCode =
  // the request itself
  | 'malformed-json'
  | 'validation-failed'
  | 'unsupported-media-type'
  | 'body-too-large'
  | 'list-too-long'
  | 'cursor-invalid'
  | 'not-found'
  | 'unauthenticated'
  | 'forbidden'
  | 'idempotency-key-missing'
  | 'idempotency-key-invalid'
  | 'idempotency-key-reused'
  | 'request-still-running'
  | 'precondition-required'
  | 'precondition-failed'
  | 'overloaded'
  | 'storage-full'
  | 'internal-error'
  // learners and cards
  | 'identity-number-invalid'
  | 'identity-already-registered'
  | 'unit-unknown'
  | 'account-frozen'
  | 'account-closed'
  | 'account-merged'
  | 'account-change-not-allowed'
  | 'card-number-invalid'
  | 'card-number-mangled'
  | 'card-unknown'
  | 'card-not-active'
  | 'card-change-not-allowed'
  | 'card-still-valid'
  // providers, courses, sessions
  | 'code-already-used'
  | 'provider-unknown'
  | 'provider-not-approved'
  | 'course-unknown'
  | 'course-not-approved'
  | 'session-unknown'
  | 'session-times-invalid'
  | 'approval-period-invalid'
  | 'credit-type-unknown'
  | 'activity-type-unknown'
  // attendance
  | 'session-not-over'
  | 'attendance-overlaps'
  | 'attendance-already-recorded'
  | 'session-full'
  | 'minutes-out-of-range'
  | 'minutes-exceed-session'
  | 'visit-too-short'
  | 'evidence-not-accepted'
  | 'day-cap-reached'
  | 'visits-per-day-reached'
  | 'course-cap-reached'
  | 'cap-reached'
  | 'course-duplicates-passed'
  | 'course-without-completion'
  | 'course-already-completed'
  | 'attendance-gate-not-met'
  | 'grade-gate-not-met'
  | 'duplicate-row'
  // files
  | 'file-missing'
  | 'file-empty'
  | 'file-encoding-unknown'
  | 'file-malformed'
  | 'file-columns-wrong'
  | 'row-incomplete'
  | 'text-damaged'
  | 'evidence-unknown'
  // the book
  | 'entry-already-reversed'
  | 'entry-not-reversible'
  | 'credit-already-used'
  | 'insufficient-credit'
  | 'credit-expired'
  | 'nothing-to-book'
  // two accounts of one person
  | 'merge-with-itself'
  | 'merge-too-large'
  | 'merge-already-reversed'
  | 'credit-held'
  // recognition
  | 'recognition-not-offered'
  | 'recognition-step-out-of-turn'
  | 'recognition-withdrawn'
  | 'recognition-own-application'
  | 'recognition-same-reviewer'
  | 'recognition-already-voted'
  | 'recognition-expert-needed'
  | 'recognition-panel-decided'
  | 'recognition-panel-needed'
  | 'recognition-appeal-not-new'
  | 'recognition-appeal-used'
  | 'recognition-worth-unchanged'
  | 'recognition-replaced'
  | 'recognition-appeal-too-late'
  | 'recognition-reason-needed'
  | 'recognition-evidence-missing'
  | 'recognition-worth-missing'
  | 'recognition-worth-too-high'
  | 'recognition-worth-fixed'
  | 'recognition-worth-named'
  | 'recognition-cap-reached'
  | 'outcome-already-submitted'
  | 'outcome-duplicates-held'
  | 'outcome-class-wrong'
  | 'outcome-expired'
  | 'outcome-not-yet-obtained'
  | 'certificate-not-available'
  | 'certificate-number-missing'
  | 'catalogue-item-unknown'
  | 'catalogue-item-not-in-force'
  | 'catalogue-item-without-project'
  | 'project-review-due'
  | 'issuer-not-accepted'
  | 'grade-below-minimum'
  | 'level-unknown'
  | 'evidence-type-not-accepted'
  | 'evidence-empty'
  | 'evidence-too-large'
  | 'evidence-too-many'
  // conversion
  | 'conversion-not-allowed'
  | 'leisure-to-degree-forbidden'
  | 'conversion-rule-not-in-force'
  | 'conversion-amount-not-whole'
  | 'conversion-cap-exceeded'
  | 'conversion-count-exceeded'
  | 'conversion-floor-missed'
  | 'conversion-amount-missing'
  | 'conversion-lots-unsuitable'
  | 'item-not-exemptible'
  | 'item-already-covered'
  | 'overlap-too-low'
  | 'level-too-low'
  | 'outcome-not-whole'
  | 'outcome-already-converted'
  | 'course-counts-once'
  | 'outcome-too-old'
  | 'conversion-quote-outdated'
  | 'conversion-not-held'
  | 'conversion-still-held'
  | 'conversion-hold-lapsed'
  | 'approver-not-independent'
  // awards and documents
  | 'programme-unknown'
  | 'requirements-not-met'
  | 'plan-not-found-in-time'
  | 'plan-costs-missing'
  | 'title-protected'
  | 'certificate-already-revoked'
  | 'as-of-in-future'
  // policy
  | 'policy-not-in-force'
  | 'policy-unknown'
  | 'policy-rule-unknown'
  | 'policy-pack-wrong'
  | 'policy-already-published'
  | 'policy-review-by-drafter'
  | 'policy-not-reviewed'
  | 'policy-effective-in-past'
  | 'policy-day-taken';

/** Facts of one refusal: they fill the sentence and are repeated as fields of the problem. Never personal data. */
export type RefusalDetails = Record<string, string | number | boolean | null | FieldError[] | Objection[]>;

/** One of several things that speak against a request, each of which would be refused by itself. */
export interface Objection {
  /** JSON pointer into the thing that is wrong; empty: all of it. */
  pointer: string;
  code: RefusalCode;
  facts: RefusalDetails;
}

/** One mistake in a request: where (JSON pointer), which rule, and what to do. */
export interface FieldError {
  pointer: string;
  code: string;
  detail: string;
  /** Where it stands in a file, counted from 1. */
  line?: number;
  column?: number;
}

/** A rule said no. Thrown by domain code, stored as the answer of its idempotency key, shown as a problem. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly details: RefusalDetails = {},
  ) {
    super(code);
    this.name = 'Refusal';
  }
}

/**
 * One refusal for everything that is wrong at once: its code and facts are those of the first, and `objections` has them
 * all, so that whoever mends one mistake is not told of the next only then.
 */
export function refusalOf(objections: [Objection, ...Objection[]]): Refusal {
  const [{ code, facts }] = objections;
  return new Refusal(code, { ...facts, objections });
}
