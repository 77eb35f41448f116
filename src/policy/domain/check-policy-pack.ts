import { activityTypeMistakes } from './activity-types.js';
import { ageBandMistakes } from './age-bands.js';
import { calendarMistakes } from './calendar.js';
import { capMistakes } from './caps.js';
import { conversionRuleMistakes } from './conversion-mistakes.js';
import { creditTypeMistakes } from './credit-types.js';
import { declaredNameMistakes } from './declared-names.js';
import { levelSchemeMistakes } from './level-schemes.js';
import type { Mistake } from './mistake.js';
import type { KnownNames } from './outcome-pattern.js';
import type { PolicyPack } from './policy-pack.js';
import { programmeMistakes } from './programmes.js';
import { recognitionMistakes } from './recognition-rules.js';
import { rewardMistakes } from './rewards.js';
import { tariffMistakes } from './tariffs.js';
import { titleRuleMistakes } from './title-rules.js';

/** Mistakes of meaning in a pack whose shape is right: all of them, each naming its place. Empty when there are none. */
export function checkPolicyPack(pack: PolicyPack): Mistake[] {
  const codes = (items: { code: string }[]) => new Set(items.map(({ code }) => code));
  const known: KnownNames = {
    creditTypes: codes(pack.creditTypes),
    activityTypes: codes(pack.activityTypes),
    levels: codes(pack.levelSchemes.flatMap(({ levels }) => levels)),
    courses: codes(pack.courses),
    items: codes([
      ...pack.courses,
      ...(pack.recognition?.catalogue ?? []),
      ...pack.programmes.flatMap(({ items }) => items),
    ]),
    providers: codes(pack.providers),
  };
  return [
    ...calendarMistakes(pack.calendar),
    ...levelSchemeMistakes(pack.levelSchemes),
    ...declaredNameMistakes(pack),
    ...creditTypeMistakes(pack.creditTypes, codes(pack.tariffs), codes(pack.levelSchemes)),
    ...tariffMistakes(pack.tariffs, pack.classHourSeconds),
    ...activityTypeMistakes(pack.activityTypes, pack),
    ...capMistakes('/caps', pack.caps, known),
    ...titleRuleMistakes(pack.titleRules),
    ...recognitionMistakes(pack.recognition, known),
    ...conversionRuleMistakes(pack.conversionRules, {
      levelSchemes: pack.levelSchemes,
      creditTypes: pack.creditTypes,
      programmes: pack.programmes,
      catalogue: pack.recognition?.catalogue ?? [],
      known,
    }),
    ...programmeMistakes(pack.programmes, pack, known),
    ...rewardMistakes(pack.rewards, known),
    ...ageBandMistakes(pack.ageBandsUpTo),
  ];
}
