import type { RefusalCode } from '../../kernel/refusal.js';
import type { EntryKind } from '../../ledger/domain/entry.js';

/** Credit by type (hundredths) of one learner under both rules, and what the draft newly refuses. */
export interface LearnerDifference {
  learnerId: string;
  /** Unit codes from the city down. */
  units: string[];
  ageBand: string;
  before: Map<string, number>;
  after: Map<string, number>;
  newlyRefused: RefusalCode[];
}

/** Points of one learner on the days of the period under both rules. */
export interface PointDifference {
  before: number;
  after: number;
}

/** Standing conversions and holds of the period that the draft decided. */
export interface ConversionCounts {
  looked: number;
  /** They give up or bring in other amounts. */
  changed: number;
  refused: number;
}

/** Certificates of the period that stand, measured by the draft. */
export interface AwardCounts {
  looked: number;
  stillMet: number;
  noLongerMet: number;
  programmeGone: number;
}

/** How a group fares. */
export interface GroupDifference {
  group: string;
  learners: number;
  gain: number;
  lose: number;
  beforeCenti: number;
  afterCenti: number;
  differenceCenti: number;
}

/** Who gains and who loses. */
export interface DifferenceReport {
  learners: number;
  gain: number;
  lose: number;
  unchanged: number;
  byCreditType: GroupDifference[];
  byUnit: GroupDifference[];
  byAge: GroupDifference[];
  /** Visits, completions, recognitions and conversions that only the draft refuses, by reason. */
  newlyRefused: { code: RefusalCode; count: number }[];
  largestGains: { learnerId: string; differenceCenti: number }[];
  largestLosses: { learnerId: string; differenceCenti: number }[];
  conversions: ConversionCounts;
  /** Points are no credit: sums of their own, over the days of the period. */
  points: PointDifference & { learners: number; gain: number; lose: number };
  awards: AwardCounts;
  /** Entries of the period that the draft was not tried on: the numbers above say nothing of them. */
  notLookedAt: { kind: EntryKind; entries: number }[];
}

/** Named at each end of the list. */
const EXTREMES = 10;

/** Adds learners up without keeping them: what is kept grows with groups, not with people. */
export class DifferenceTally {
  private readonly counts = { learners: 0, gain: 0, lose: 0 };
  private readonly types = new Map<string, GroupDifference>();
  private readonly units = new Map<string, GroupDifference>();
  private readonly ages = new Map<string, GroupDifference>();
  private readonly refusals = new Map<RefusalCode, number>();
  private readonly leftOut = new Map<EntryKind, number>();
  private readonly conversions: ConversionCounts = { looked: 0, changed: 0, refused: 0 };
  private readonly points = { learners: 0, gain: 0, lose: 0, before: 0, after: 0 };
  private readonly awards: AwardCounts = { looked: 0, stillMet: 0, noLongerMet: 0, programmeGone: 0 };
  private gains: { learnerId: string; differenceCenti: number }[] = [];
  private losses: { learnerId: string; differenceCenti: number }[] = [];

  add({ learnerId, units, ageBand, before, after, newlyRefused }: LearnerDifference): void {
    const [had, has] = [sum(before), sum(after)];
    for (const type of new Set([...before.keys(), ...after.keys()])) {
      addTo(this.types, type, before.get(type) ?? 0, after.get(type) ?? 0);
    }
    for (const unit of units) addTo(this.units, unit, had, has);
    addTo(this.ages, ageBand, had, has);
    for (const code of newlyRefused) this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
    this.counts.learners += 1;
    const differenceCenti = has - had;
    if (differenceCenti > 0) {
      this.counts.gain += 1;
      this.gains = extremes(this.gains, { learnerId, differenceCenti });
    } else if (differenceCenti < 0) {
      this.counts.lose += 1;
      this.losses = extremes(this.losses, { learnerId, differenceCenti });
    }
  }

  addConversions(counts: ConversionCounts): void {
    addCounts(this.conversions, counts);
  }

  /** Points of one learner; who has none under either rules is not counted. */
  addPoints({ before, after }: PointDifference): void {
    if (before + after === 0) return;
    const [gain, lose] = [after > before ? 1 : 0, after < before ? 1 : 0];
    addCounts(this.points, { learners: 1, gain, lose, before, after });
  }

  addAwards(counts: AwardCounts): void {
    addCounts(this.awards, counts);
  }

  /** Counts an entry of the period that the draft is not tried on. */
  leaveOut(kind: EntryKind): void {
    this.leftOut.set(kind, (this.leftOut.get(kind) ?? 0) + 1);
  }

  report(): DifferenceReport {
    const { learners, gain, lose } = this.counts;
    return {
      learners,
      gain,
      lose,
      unchanged: learners - gain - lose,
      byCreditType: sorted(this.types),
      byUnit: sorted(this.units),
      byAge: sorted(this.ages),
      newlyRefused: [...this.refusals].map(([code, count]) => ({ code, count })),
      largestGains: this.gains,
      largestLosses: this.losses,
      conversions: { ...this.conversions },
      points: { ...this.points },
      awards: { ...this.awards },
      notLookedAt: [...this.leftOut]
        .map(([kind, entries]) => ({ kind, entries }))
        .sort((a, b) => (a.kind < b.kind ? -1 : 1)),
    };
  }
}

/** Adds every number to its own. */
function addCounts<K extends string>(sum: Record<K, number>, more: Record<K, number>): void {
  for (const name of Object.keys(sum) as K[]) sum[name] += more[name];
}

function addTo(groups: Map<string, GroupDifference>, group: string, beforeCenti: number, afterCenti: number): void {
  const sofar = groups.get(group) ?? emptyGroup(group);
  sofar.learners += 1;
  if (afterCenti > beforeCenti) sofar.gain += 1;
  if (afterCenti < beforeCenti) sofar.lose += 1;
  sofar.beforeCenti += beforeCenti;
  sofar.afterCenti += afterCenti;
  sofar.differenceCenti += afterCenti - beforeCenti;
  groups.set(group, sofar);
}

function emptyGroup(group: string): GroupDifference {
  return { group, learners: 0, gain: 0, lose: 0, beforeCenti: 0, afterCenti: 0, differenceCenti: 0 };
}

function sorted(groups: Map<string, GroupDifference>): GroupDifference[] {
  return [...groups.values()].sort((a, b) => (a.group < b.group ? -1 : 1));
}

function sum(credit: Map<string, number>): number {
  return [...credit.values()].reduce((total, centi) => total + centi, 0);
}

function extremes<T extends { learnerId: string; differenceCenti: number }>(known: T[], one: T): T[] {
  return [...known, one]
    .sort((a, b) => Math.abs(b.differenceCenti) - Math.abs(a.differenceCenti) || (a.learnerId < b.learnerId ? -1 : 1))
    .slice(0, EXTREMES);
}
