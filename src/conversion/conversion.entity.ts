import type { EntitySpec } from '../platform/database/columns.js';

/** A conversion that was decided, and why. Append-only; whether it still counts is for the journal to say. */
export interface ConversionRow {
  learnerId: string;
  /** Version of its entry: the hold, or the conversion where none was needed. Names the conversion for ever. */
  version: number;
  rule: string;
  policyVersion: string;
  /** Programme of the share cap of its rule, or null. */
  capProgramme: string | null;
  /** 1 where its outcomes may serve nowhere else. */
  isEver: number;
  /** 1 where it began as a hold. */
  isHeld: number;
  heldUntil: string | null;
  decidedOn: string;
  fromCenti: number;
  toCenti: number;
  /** `Part[]` as JSON: what later conversions count. */
  parts: string;
  /** The rest of the `TracedDecision` as JSON: every check, and the inputs to make it again. */
  trace: string;
}

/** What became of a hold. */
export interface ConversionSettlementRow {
  learnerId: string;
  conversionVersion: number;
  /** Version of the entry that executed or released it. */
  version: number;
  outcome: 'converted' | 'released';
}

/**
 * A conversion that somebody else must approve, kept so that what waits is found without a look at everything that ever
 * waited. A projection: the journal and the settlements are the record.
 */
export interface ConversionHoldRow {
  learnerId: string;
  /** Version of the entry that names the conversion. */
  version: number;
  /** When the hold was written, epoch milliseconds. */
  heldAt: number;
  heldUntil: string | null;
  /** How it ended; null while it waits. */
  ended: HoldEnd | null;
}

/** How a hold ended: somebody's word for it, somebody's word against it, or nobody's within its time. */
export type HoldEnd = 'approved' | 'refused' | 'lapsed';

/** A lot that a conversion brought in: what the bank says of the learning behind it. */
export interface ConversionLotRow {
  learnerId: string;
  lot: number;
  conversionVersion: number;
  programme: string | null;
  item: string | null;
  /** `SourceFacts` as JSON. */
  facts: string;
  /** `Root[]` as JSON. */
  roots: string;
}

/** A conversion that was refused, by rule. No personal data: it is there to be counted. */
export interface ConversionRefusalRow {
  rule: string;
  /** Hash of scope and key of the request, so that a repeated request counts once. */
  requestHash: string;
  code: string;
  refusedOn: string;
}

/** A request to convert that was refused, and why. Append-only. */
export interface RefusedConversionRow {
  learnerId: string;
  /** Names it: from scope and key of the request, which are refused once. */
  refusalKey: string;
  /** When it was decided, epoch milliseconds. */
  decidedAt: number;
  /** Key of whoever asked. */
  askedBy: string;
  policyVersion: string;
  /** Rule that said why; null where none was in force. */
  rule: string | null;
  code: string;
  /** `TracedDecision` as JSON: every check, and the inputs to make it again. */
  trace: string;
}

/** Conversions by the learner and version of their entry; the database refuses to change or delete one. */
export const conversionEntity: EntitySpec<ConversionRow> = {
  table: 'conversion',
  columns: {
    learnerId: 'id',
    version: 'int',
    rule: 'text',
    policyVersion: 'text',
    capProgramme: 'text?',
    isEver: 'int',
    isHeld: 'int',
    heldUntil: 'text?',
    decidedOn: 'text',
    fromCenti: 'int',
    toCenti: 'int',
    parts: 'text',
    trace: 'text',
  },
  primaryKey: ['learnerId', 'version'],
};

/** Settlements by the hold they settle: a hold is executed or released at most once. Append-only. */
export const conversionSettlementEntity: EntitySpec<ConversionSettlementRow> = {
  table: 'conversion_settlement',
  columns: { learnerId: 'id', conversionVersion: 'int', version: 'int', outcome: 'text' },
  primaryKey: ['learnerId', 'conversionVersion'],
  checks: { conversion_settlement_outcome: "outcome in ('converted', 'released')" },
};

/** Lots that conversions brought in, by learner and lot: what later rules are told of them. Append-only. */
export const conversionLotEntity: EntitySpec<ConversionLotRow> = {
  table: 'conversion_lot',
  columns: {
    learnerId: 'id',
    lot: 'int',
    conversionVersion: 'int',
    programme: 'text?',
    item: 'text?',
    facts: 'text',
    roots: 'text',
  },
  primaryKey: ['learnerId', 'lot'],
};

/** Refusals by rule and request, for the public counts of the rule browser. Append-only. */
export const conversionRefusalEntity: EntitySpec<ConversionRefusalRow> = {
  table: 'conversion_refusal',
  columns: { rule: 'text', requestHash: 'text', code: 'text', refusedOn: 'text' },
  primaryKey: ['rule', 'requestHash'],
};

/** Refused requests by learner, found by age. Append-only. */
export const refusedConversionEntity: EntitySpec<RefusedConversionRow> = {
  table: 'refused_conversion',
  columns: {
    learnerId: 'id',
    refusalKey: 'text',
    decidedAt: 'int',
    askedBy: 'text',
    policyVersion: 'text',
    rule: 'text?',
    code: 'text',
    trace: 'text',
  },
  primaryKey: ['learnerId', 'refusalKey'],
  indexes: [{ name: 'refused_conversion_by_age', columns: ['learnerId', 'decidedAt', 'refusalKey'] }],
};

/**
 * Holds by learner and version of their entry, with how they ended; those that wait are found by age and by last day.
 * Compared with the journal by `cli verify`.
 */
export const conversionHoldEntity: EntitySpec<ConversionHoldRow> = {
  table: 'conversion_hold',
  columns: { learnerId: 'id', version: 'int', heldAt: 'int', heldUntil: 'text?', ended: 'text?' },
  primaryKey: ['learnerId', 'version'],
  checks: { conversion_hold_ended: "ended in ('approved', 'refused', 'lapsed')" },
  indexes: [
    { name: 'conversion_hold_waiting', columns: ['heldAt', 'learnerId', 'version'], where: 'ended is null' },
    { name: 'conversion_hold_lapsing', columns: ['heldUntil', 'learnerId', 'version'], where: 'ended is null' },
  ],
};
