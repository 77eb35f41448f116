import { problem, type ProblemSpec } from '../problem-spec.js';
import type { RefusalCode } from '../../../kernel/refusal.js';

/** Problems of policy packs. */
export const POLICY_PROBLEMS = {
  'policy-not-in-force': problem(
    409,
    ['当日没有生效的规则', 'No policy was in force'],
    ['{day} 没有已发布的规则包；请先发布。', 'No policy pack was in force on {day}: publish one first.'],
  ),
  'policy-unknown': problem(
    404,
    ['没有这个规则版本', 'Unknown policy version'],
    [
      '没有版本 {policyVersion}；写法为 代码@版本。',
      'There is no version {policyVersion}: it is written code@version.',
    ],
  ),
  'policy-rule-unknown': problem(
    404,
    ['规则包没有这个代码', 'No rule has this code'],
    ['{policyVersion} 中没有代码 {rule}；有：{codes}。', '{policyVersion} has no rule {rule}. There are: {codes}.'],
  ),
  'policy-pack-wrong': problem(
    422,
    ['规则包有误', 'The policy pack is wrong'],
    [
      '查出 {count} 处错误，errors 列出其位置、行号和改法；读不懂的条目，改好后还会核对其各项之间是否相符。未作任何更改。',
      'Found {count} mistakes; see errors for the place, line and what would be right of each. In an entry that cannot be read, what its fields say together is checked once it is mended. Nothing was changed.',
    ],
  ),
  'policy-already-published': problem(
    409,
    ['该版本已发布', 'This version is published'],
    [
      '{policyVersion} 已发布，内容不再更改；请换一个版本号。',
      '{policyVersion} is published and never changes: give the change a new version.',
    ],
  ),
  'policy-review-by-drafter': problem(
    409,
    ['不能审核自己的草案', 'The drafter cannot review'],
    [
      '{policyVersion} 的现有内容由您起草；请由另一人审核。',
      'You drafted what {policyVersion} says: another person must review it.',
    ],
  ),
  'policy-not-reviewed': problem(
    409,
    ['尚未审核', 'Not reviewed'],
    [
      '{policyVersion} 的现有内容还没有经另一人审核，不能发布。',
      'Nobody else has reviewed what {policyVersion} says now: it cannot be published yet.',
    ],
  ),
  'policy-effective-in-past': problem(
    409,
    ['生效日期已过', 'It would take effect in the past'],
    [
      '{effectiveFrom} 及以后已有分录按现行规则入账；请把生效日期改为 {firstFreeDay} 或以后。',
      'Entries on or after {effectiveFrom} were decided by the rules in force: let it take effect on {firstFreeDay} or later.',
    ],
  ),
  'policy-day-taken': problem(
    409,
    ['该日已有规则生效', 'Another version takes effect on that day'],
    [
      '{otherVersion} 已定于 {effectiveFrom} 生效；同一天只能有一个版本生效，请另选日期。',
      '{otherVersion} takes effect on {effectiveFrom}: no two versions may on one day, choose another.',
    ],
  ),
} satisfies Partial<Record<RefusalCode, ProblemSpec>>;
