import { claimedTitle, type TitleRules } from '../../policy/domain/title-rules.js';
import type { OutcomeContent } from './recognition-case.js';

/** A name or number as it is compared: width, case, spaces and punctuation do not count. */
export function canonicalName(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{Z}\p{C}\p{S}]/gu, '');
}

/**
 * What makes an outcome the same one (DOMAIN REC-3). A certificate number belongs to one paper of its issuer, whoever
 * brings it; without a number it is this learner's attempt: issuer, title and day. Two outcomes with the same text are one.
 * Its hash is kept: the form of the title never changes.
 */
export function outcomeIdentity(learnerId: string, content: OutcomeContent, rules: TitleRules): string {
  const { issuer, certificateNumber, title, obtainedOn } = content;
  return certificateNumber === null
    ? JSON.stringify(['attempt', learnerId, canonicalName(issuer), claimedTitle(rules, title), obtainedOn])
    : JSON.stringify(['certificate', canonicalName(issuer), canonicalName(certificateNumber)]);
}
