import { shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { CommandKind, FeatureRows } from '../ledger/book-command.js';
import { entryId, type Entry } from '../ledger/domain/entry.js';
import type { LotSources } from '../ledger/lot-sources.port.js';
import { policyVersion, type PolicyPack } from '../policy/domain/policy-pack.js';
import { conversionValues, INSERT_CONVERSION, INSERT_CONVERSION_LOT } from './conversion.store.js';
import { refusalOf } from './domain/basic-checks.js';
import type { ConversionAsked, ConversionDecision, ConversionInputs, OtherRule } from './domain/conversion-case.js';
import { conversionPostings, holdPostings, stateFingerprint } from './domain/conversion-postings.js';
import { decideConversion } from './domain/decide-conversion.js';
import { marksOf } from './domain/past-parts.js';
import { holdRow } from './holds.store.js';
import { conversionInputs, readConversionBook } from './read-conversion-case.js';
import { keptRefusal } from './refusals.store.js';

/** What shall become what, by which rules, and the state its quote looked at, if there was one. */
export interface ConversionInput {
  pack: PolicyPack;
  asked: ConversionAsked;
  today: string;
  fingerprint: string | null;
}

/** A conversion that was made, or that waits. Its id is its entry's. */
export interface ConversionReceipt {
  conversionId: string;
  state: 'held' | 'converted';
  decision: ConversionDecision;
  others: OtherRule[];
}

type ConversionFacts = Map<string, ConversionInputs>;

/**
 * Converts credit: the drawn lots leave and new ones come in, or the drawn credit is held for another person's word. The
 * decision is kept with everything it looked at, also one that refuses. Refuses with the first check that failed, and with
 * `conversion-quote-outdated` when the state is not the one that was quoted.
 */
export function convertCreditKind(
  sources: LotSources,
): CommandKind<ConversionInput, ConversionFacts, ConversionReceipt> {
  return {
    action: 'convert-credit',
    needsLots: true,
    async loadFacts(sql, all) {
      const facts: ConversionFacts = new Map();
      for (const { learnerId, input } of all) {
        const book = await readConversionBook(sql, learnerId, input.today);
        if (book) facts.set(learnerId, await conversionInputs(sql, sources, book, input));
      }
      return facts;
    },
    decide({ pack, today, fingerprint }, facts, { book, nowMs, by }) {
      const { learnerId, version, status } = book;
      const state = { learnerId, version, status, policyVersion: policyVersion(pack), today };
      if (fingerprint !== null && (fingerprint !== stateFingerprint(state) || shanghaiDay(nowMs) !== today))
        throw new Refusal('conversion-quote-outdated');
      const traced = decideConversion(pack, facts.get(learnerId)!);
      const { decision } = traced;
      const refusal = refusalOf(decision);
      if (refusal) throw keptRefusal(refusal, traced, { learnerId, nowMs, by });
      const rule = pack.conversionRules.find(({ code }) => code === decision.rule);
      const isHeld = decision.approval === 'required';
      return {
        draft: {
          kind: isHeld ? 'hold' : 'conversion',
          occurredAt: nowMs,
          subject: decision.rule ?? undefined,
          policyVersion: decision.policyVersion,
          postings: isHeld ? holdPostings(decision) : conversionPostings(decision, today),
        },
        complete: (entry) => ({
          answer: {
            conversionId: entryId(learnerId, entry.version),
            state: isHeld ? 'held' : 'converted',
            decision,
            others: traced.others,
          },
          rows: [
            { target: INSERT_CONVERSION, rows: [conversionValues(learnerId, entry.version, traced, marksOf(rule))] },
            ...(isHeld ? [holdRow(entry, decision.holdUntil, null)] : newLotRows(entry, entry.version, decision)),
          ],
        }),
      };
    },
  };
}

/** The lots that an executing entry brought in, with what is behind them. */
export function newLotRows(
  entry: Entry,
  conversionVersion: number,
  { newLots }: Pick<ConversionDecision, 'newLots'>,
): FeatureRows[] {
  const numbers = entry.postings.flatMap(({ source, lot }) => (source === 'issued' && lot !== null ? [lot] : []));
  const rows = newLots.map(({ programme, item, facts, roots }, index) => [
    ...[entry.learnerId, numbers[index]!, conversionVersion, programme, item],
    ...[JSON.stringify(facts), JSON.stringify(roots)],
  ]);
  return [{ target: INSERT_CONVERSION_LOT, rows }];
}
