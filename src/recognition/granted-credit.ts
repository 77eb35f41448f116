import { isLive } from '../ledger/domain/entry.js';
import { readReversals } from '../ledger/ledger.port.js';
import type { Sql } from '../platform/database/sql.js';
import type { RecognitionCase } from './domain/recognition-case.js';

/** What a conversion gave for a recognised outcome (认定学分), with the rules that decided it. */
export interface GrantedCredit {
  version: number;
  rule: string | null;
  policyVersion: string | null;
  /** Hundredths of this outcome's standard credit that it took. */
  takenCenti: number;
  /** Hundredths that the whole conversion brought in, by type. */
  granted: { creditType: string; centi: number }[];
}

interface GrantRow {
  version: number;
  subject: string | null;
  policy_version: string | null;
  taken: number;
}

/** Live conversions that took from the lot of a recognised outcome, oldest first; none where there is no lot. */
export async function grantedCredit(sql: Sql, { learnerId, standard }: RecognitionCase): Promise<GrantedCredit[]> {
  if (!standard) return [];
  const rows = await sql.rows<GrantRow>(
    `select e.version, e.subject, e.policy_version, cast(sum(p.amount) as bigint) as taken
     from posting l
     join posting p on p.learner_id = l.learner_id and p.lot = l.lot and p.version > l.version
     join journal_entry e on e.learner_id = p.learner_id and e.version = p.version
     where l.learner_id = ? and l.version = ? and l.source = 'issued' and p.source <> 'issued' and e.kind = 'conversion'
     group by e.version, e.subject, e.policy_version order by e.version`,
    [learnerId, standard.entryVersion],
  );
  if (rows.length === 0) return [];
  const reversals = await readReversals(sql, learnerId);
  const live = rows.filter(({ version }) => isLive(reversals, version));
  const brought = await sql.rowsByKeys<{ version: number; credit_type: string; amount: number; source: string }>(
    'select version, credit_type, amount, source from posting',
    ['learner_id', 'version'],
    live.map(({ version }) => [learnerId, version]),
  );
  return live.map(({ version, subject, policy_version, taken }) => ({
    version,
    rule: subject,
    policyVersion: policy_version,
    takenCenti: taken,
    granted: brought
      .filter((posting) => posting.version === version && posting.source === 'issued')
      .map(({ credit_type, amount }) => ({ creditType: credit_type, centi: amount })),
  }));
}
