import type { FieldError, Objection, Refusal, RefusalDetails } from '../../kernel/refusal.js';
import { fillSentence, PROBLEMS } from './problem-catalogue.js';

/** RFC 9457 problem details. Chinese first; `titleEn` and `detailEn` say the same in English; facts follow as fields. */
export interface Problem {
  type: string;
  title: string;
  titleEn: string;
  status: number;
  code: string;
  detail: string;
  detailEn: string;
  /** This very occurrence; the log line of a 5xx carries the same. */
  instance?: string;
  errors?: FieldError[];
  [fact: string]: unknown;
}

/** The problem that a refusal is to the outside. */
export function toProblem(refusal: Pick<Refusal, 'code' | 'details'>, instance?: string): Problem {
  const spec = PROBLEMS[refusal.code];
  return {
    // First, so that no fact can take the place of a member: many refusals have a `status` of their own.
    ...factsOf(refusal.details),
    type: `/problems/${refusal.code}`,
    title: spec.title.zh,
    titleEn: spec.title.en,
    status: spec.status,
    code: refusal.code,
    detail: fillSentence(spec.detail, refusal.details, 'zh'),
    detailEn: fillSentence(spec.detail, refusal.details, 'en'),
    ...(instance ? { instance } : {}),
  };
}

function factsOf(details: RefusalDetails): RefusalDetails {
  const { retryAfterSeconds: _, objections, ...facts } = details;
  return objections ? { ...facts, errors: (objections as Objection[]).map(toFieldError) } : facts;
}

/** One of several objections as a mistake of a request, in both languages. */
function toFieldError({ pointer, code, facts }: Objection): FieldError {
  const { detail } = PROBLEMS[code];
  return { pointer, code, detail: `${fillSentence(detail, facts, 'zh')} ${fillSentence(detail, facts, 'en')}` };
}
