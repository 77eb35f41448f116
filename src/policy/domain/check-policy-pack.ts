import type { PolicyPack } from './policy-pack.js';

/** Mistakes of meaning in a pack whose shape is right: all of them, each naming its place. Empty when there are none. */
export function checkPolicyPack(pack: PolicyPack): string[] {
  return [
    ...duplicates('creditTypes', pack.creditTypes),
    ...duplicates('tariffs', pack.tariffs),
    ...duplicates('activityTypes', pack.activityTypes),
    ...duplicates('conversionRules', pack.conversionRules),
    ...duplicates('programmes', pack.programmes),
    ...tariffMistakes(pack),
    ...conversionMistakes(pack),
    ...programmeMistakes(pack),
  ];
}

function duplicates(place: string, items: { code: string }[]): string[] {
  const seen = new Set<string>();
  return items.flatMap(({ code }) => (seen.has(code) ? [`/${place} ${code} stands twice`] : (seen.add(code), [])));
}

function tariffMistakes(pack: PolicyPack): string[] {
  const codes = new Set(pack.tariffs.map(({ code }) => code));
  const steps = pack.tariffs.flatMap((tariff) => {
    const worth = tariff.kind === 'per-visit' ? tariff.centiPerVisit : tariff.quantumCenti;
    if (worth === 0) return [`/tariffs ${tariff.code}: is worth nothing`];
    if (tariff.kind === 'per-visit' || Number.isInteger(tariff.secondsPerQuantum)) return [];
    const nearest = Math.max(1, Math.round(tariff.secondsPerQuantum));
    const classHours = (nearest * 100) / (pack.classHourSeconds * tariff.quantumCenti);
    return [
      `/tariffs ${tariff.code}: a step of ${tariff.quantumCenti} hundredths is ${tariff.secondsPerQuantum} seconds, not a whole number; the nearest that is: classHoursPerCredit ${classHours} (${nearest} s)`,
    ];
  });
  const missing = [
    ...pack.creditTypes.map(({ code, tariff }) => ({ place: `/creditTypes ${code}`, tariff })),
    ...pack.activityTypes.flatMap(({ code, tariff }) => (tariff ? [{ place: `/activityTypes ${code}`, tariff }] : [])),
  ].filter(({ tariff }) => !codes.has(tariff));
  const gated = pack.activityTypes
    .filter(({ completion }) => completion)
    .flatMap((activity) => {
      const used = pack.creditTypes.map((type) => activity.tariff ?? type.tariff);
      const cumulative = pack.tariffs.filter(
        (tariff) => tariff.kind === 'per-time' && tariff.rounding === 'cumulative',
      );
      const wrong = used.find((code) => codes.has(code) && !cumulative.some((tariff) => tariff.code === code));
      return wrong
        ? [`/activityTypes ${activity.code}: a course with a completion gate needs a cumulative tariff, not ${wrong}`]
        : [];
    });
  return [...steps, ...gated, ...missing.map(({ place, tariff }) => `${place}: there is no tariff ${tariff}`)];
}

function conversionMistakes(pack: PolicyPack): string[] {
  const category = new Map(pack.creditTypes.map((type) => [type.code, type.category]));
  const programmes = new Set(pack.programmes.map(({ code }) => code));
  const mistakes = pack.conversionRules.flatMap((rule) => {
    const place = `/conversionRules ${rule.code}`;
    const found: string[] = [];
    for (const code of [rule.from, rule.to])
      if (!category.has(code)) found.push(`${place}: there is no credit type ${code}`);
    if (rule.from === rule.to) found.push(`${place}: converts ${rule.from} into itself`);
    if (category.get(rule.from) === 'leisure' && category.get(rule.to) === 'degree') {
      found.push(`${place}: leisure credit can never become degree credit`);
    }
    if (rule.effectiveTo !== null && rule.effectiveTo < rule.effectiveFrom)
      found.push(`${place}: ends before it begins`);
    if (rule.cap && !programmes.has(rule.cap.programme))
      found.push(`${place}: there is no programme ${rule.cap.programme}`);
    if (rule.cap && rule.cap.numerator > rule.cap.denominator) found.push(`${place}: a cap is at most the whole`);
    return found;
  });
  return [...mistakes, ...overlaps(pack), ...leaks(pack)];
}

/** Two rules for the same pair on the same day would make the answer depend on their order. */
function overlaps(pack: PolicyPack): string[] {
  const rules = pack.conversionRules;
  return rules.flatMap((a, index) =>
    rules
      .slice(index + 1)
      .filter(
        (b) =>
          a.from === b.from &&
          a.to === b.to &&
          a.effectiveFrom <= (b.effectiveTo ?? '9999') &&
          b.effectiveFrom <= (a.effectiveTo ?? '9999'),
      )
      .map((b) => `/conversionRules ${a.code} and ${b.code} are in force for the same pair at the same time`),
  );
}

/** Leisure credit must not reach a degree by way of a third type either, and no chain may come back to its start. */
function leaks(pack: PolicyPack): string[] {
  const next = (code: string) => pack.conversionRules.filter(({ from }) => from === code).map(({ to }) => to);
  return pack.creditTypes.flatMap((start) => {
    const reached = new Set<string>();
    const waiting = next(start.code);
    while (waiting.length > 0) {
      const code = waiting.pop()!;
      if (reached.has(code)) continue;
      reached.add(code);
      waiting.push(...next(code));
    }
    const found: string[] = [];
    if (reached.has(start.code)) found.push(`/conversionRules: ${start.code} can be converted back into itself`);
    const degrees = pack.creditTypes.filter(({ code, category }) => category === 'degree' && reached.has(code));
    const isDirect = (code: string) => next(start.code).includes(code);
    if (start.category === 'leisure') {
      found.push(
        ...degrees
          .filter(({ code }) => !isDirect(code))
          .map(({ code }) => `/conversionRules: ${start.code} reaches the degree type ${code} through other rules`),
      );
    }
    return found;
  });
}

function programmeMistakes(pack: PolicyPack): string[] {
  const types = new Set(pack.creditTypes.map(({ code }) => code));
  return pack.programmes.flatMap((programme) => {
    const place = `/programmes ${programme.code}`;
    const found = programme.requirements
      .filter(({ creditType }) => !types.has(creditType))
      .map(({ creditType }) => `${place}: there is no credit type ${creditType}`);
    const named = programme.requirements.map(({ creditType }) => creditType);
    if (new Set(named).size < named.length) found.push(`${place}: names a credit type twice`);
    const minimum = programme.requirements.reduce((sum, { minimumCenti }) => sum + minimumCenti, 0);
    if (programme.totalCenti < minimum) found.push(`${place}: the total is less than the sum of its minimums`);
    if (programme.totalCenti === 0) found.push(`${place}: the total is zero`);
    const word = protectedWordIn(pack, programme);
    if (word) found.push(`${place}: the title of a non-degree award may not say ${word}`);
    return found;
  });
}

/** The protected word a non-degree programme's title uses, if any (title guard, as New Zealand's rule on names). */
export function protectedWordIn(
  pack: Pick<PolicyPack, 'protectedWords'>,
  programme: Pick<PolicyPack['programmes'][number], 'category' | 'title'>,
): string | undefined {
  if (programme.category === 'degree') return undefined;
  const plain = (text: string) => text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();
  const titles = [plain(programme.title.zh), plain(programme.title.en)];
  return pack.protectedWords.find((word) => titles.some((title) => title.includes(plain(word))));
}
