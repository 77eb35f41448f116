import { Injectable } from '@nestjs/common';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { Reader } from '../platform/database/data-sources.js';
import {
  givesTo,
  isRuleInForce,
  programmesOf,
  takesFrom,
  type ConversionRule,
} from '../policy/domain/conversion-rules.js';
import { policyVersion, programmeOf, type PolicyPack } from '../policy/domain/policy-pack.js';
import { Policies } from '../policy/policy.port.js';
import { requireTypes } from './require-types.js';
import type { HoldEnd } from './conversion.entity.js';

/** Counts are summed over all learners: asked for again only after so long. */
const KEEP_COUNTS_MS = 60_000;

/** How requests under a rule ended so far, under all versions of the rules. */
export interface RuleCounts {
  accepted: number;
  refused: number;
}

/** A published rule with its record. */
export interface BrowsedRule {
  pack: PolicyPack;
  policyVersion: string;
  rule: ConversionRule;
  isInForce: boolean;
  counts: RuleCounts;
}

/** The public rules of conversion. Everybody may know what becomes of which credit, and how often it was granted. */
@Injectable()
export class BrowseRules {
  private counts: { until: number; byRule: Map<string, RuleCounts> } = { until: -Infinity, byRule: new Map() };

  constructor(
    private readonly reader: Reader,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /**
   * Rules of the pack in force that take `from` and give `to` (a type of credit or a programme), where given. Refuses with
   * `credit-type-unknown` what is neither.
   */
  async list({ from, to }: { from?: string; to?: string }): Promise<BrowsedRule[]> {
    const { pack, today } = this.packOfToday();
    requireTypes(pack, from, to !== undefined && programmeOf(pack, to) ? undefined : to);
    const counts = await this.countsByRule();
    return pack.conversionRules
      .filter((rule) => from === undefined || takesFrom(rule, from))
      .filter((rule) => to === undefined || givesTo(rule, to) || programmesOf(rule).includes(to))
      .map((rule) => browsed(pack, rule, today, counts));
  }

  /** One rule by its code. Refuses with `not-found`. */
  async one(code: string): Promise<BrowsedRule> {
    const { pack, today } = this.packOfToday();
    const rule = pack.conversionRules.find((candidate) => candidate.code === code);
    if (!rule) throw new Refusal('not-found');
    return browsed(pack, rule, today, await this.countsByRule());
  }

  private packOfToday(): { pack: PolicyPack; today: string } {
    const today = shanghaiDay(this.clock.nowMs());
    return { pack: this.policies.inForceOn(today), today };
  }

  private async countsByRule(): Promise<Map<string, RuleCounts>> {
    const now = this.clock.nowMs();
    if (now < this.counts.until && this.counts.until - now <= KEEP_COUNTS_MS) return this.counts.byRule;
    const { sql } = this.reader;
    const byRule = new Map<string, RuleCounts>();
    const add = (rule: string, counts: RuleCounts) => {
      const sofar = byRule.get(rule) ?? { accepted: 0, refused: 0 };
      byRule.set(rule, { accepted: sofar.accepted + counts.accepted, refused: sofar.refused + counts.refused });
    };
    const decided = await sql.rows<{ rule: string; ended: HoldEnd | null; is_held: number; total: number }>(
      `select c.rule, h.ended, c.is_held, count(*) as total from conversion c
       left join conversion_hold h on h.learner_id = c.learner_id and h.version = c.version
       group by c.rule, h.ended, c.is_held`,
    );
    for (const { rule, ended, is_held, total } of decided) {
      // What still waits is neither, and what nobody decided in time was not refused.
      if (is_held === 1 && (ended === null || ended === 'lapsed')) continue;
      const isRefused = ended === 'refused';
      add(rule, { accepted: isRefused ? 0 : Number(total), refused: isRefused ? Number(total) : 0 });
    }
    const refused = await sql.rows<{ rule: string; total: number }>(
      'select rule, count(*) as total from conversion_refusal group by rule',
    );
    for (const { rule, total } of refused) add(rule, { accepted: 0, refused: Number(total) });
    this.counts = { until: now + KEEP_COUNTS_MS, byRule };
    return byRule;
  }
}

function browsed(pack: PolicyPack, rule: ConversionRule, today: string, counts: Map<string, RuleCounts>): BrowsedRule {
  return {
    ...{ pack, policyVersion: policyVersion(pack), rule, isInForce: isRuleInForce(rule, today) },
    counts: counts.get(rule.code) ?? { accepted: 0, refused: 0 },
  };
}
