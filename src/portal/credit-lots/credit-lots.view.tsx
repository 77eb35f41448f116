import { formatCredit } from '../../kernel/credit.js';
import { Both } from '../../platform/pages/both.js';
import { renderPage } from '../../platform/pages/layout.js';
import { Table, type Column } from '../../platform/pages/table.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import { AsOfForm, AsOfLine } from '../parts/as-of-form.js';
import { MistakeSummary } from '../parts/mistake.js';
import { creditPath, entryPath, nextPath, placePath, statementPath } from '../paths.js';
import { accountName, PLACES, type Place } from '../words.js';
import { creditTypeName } from '../../policy/domain/pack-words.js';
import type { CreditLotsContent, LotLine } from './read-credit-lots.service.js';

/** The story of one type of credit: every lot that came in, and where all of it is. */
export function renderCreditLots(content: CreditLotsContent, mistake: Named | null): string {
  const { learnerId, asOf, summary, pack, place, page, statement, lotCount } = content;
  const type = creditTypeName(pack, summary.creditType);
  const path = creditPath(learnerId, summary.creditType, null);
  return renderPage({
    title: place ? `${type.zh}：${place.name.zh}` : type.zh,
    titleEn: place ? `${type.en}: ${place.name.en.toLowerCase()}` : type.en,
    trail: [{ href: statementPath(learnerId, asOf.day), name: { zh: '学分账户', en: 'Learning account' } }],
    children: (
      <>
        {mistake ? <MistakeSummary field="asOf" mistake={mistake} /> : null}
        <Places {...content} />
        <AsOfLine asOf={asOf} lastChangeAt={statement.lastChangeAt} />
        <AsOfForm asOf={asOf} path={path} mistake={mistake} />
        <h2>
          <Both zh="批次" en="Lots" />
        </h2>
        <p>
          <Both
            zh="每一笔进入账户的学分是一个批次。转换和颁证从最早到期的批次中取用，每 0.01 学分只用一次。"
            en="Every inflow of credit is a lot. Conversions and certificates draw on the lot that expires first; no hundredth counts twice."
          />
        </p>
        <Table
          caption={<Both zh={`共 ${lotCount} 个批次，新的在前`} en="Lots, newest first" />}
          rows={page.items}
          empty={{ zh: '现在没有这样的批次。', en: 'There is no such lot now.' }}
          columns={columnsFor(content)}
          foot={footFor(content)}
        />
        {page.next === null ? null : (
          <p class="screen">
            <a class="button plain" href={nextPath(path, asOf.day, page.next, place ? { place: place.bucket } : {})}>
              <Both zh="更早的批次" en="Earlier lots" />
            </a>
          </p>
        )}
      </>
    ),
  });
}

function Places({ learnerId, summary, asOf, place }: CreditLotsContent) {
  return (
    <ul class="figures">
      <li class={place ? undefined : 'chosen'}>
        <a href={creditPath(learnerId, summary.creditType, asOf.day)} aria-current={place ? undefined : 'page'}>
          <strong>{formatCredit(summary.recognisedCenti)}</strong>
          <Both zh="累计认定" en="Recognised" />
        </a>
      </li>
      {PLACES.map(({ bucket, field, name }) => (
        <li key={bucket} class={bucket === place?.bucket ? 'chosen' : undefined}>
          <a
            href={placePath(learnerId, summary.creditType, asOf.day, bucket)}
            aria-current={bucket === place?.bucket ? 'page' : undefined}
          >
            <strong>{formatCredit(summary[field])}</strong>
            <Both {...name} />
          </a>
        </li>
      ))}
    </ul>
  );
}

function columnsFor({ learnerId, place }: CreditLotsContent): Column<LotLine>[] {
  return [
    {
      head: { zh: '批次', en: 'Lot' },
      cell: ({ lot }) => (
        <a href={entryPath(learnerId, lot.version)}>
          <Both zh={`批次 ${lot.lot}`} en="lot" />
        </a>
      ),
    },
    {
      head: { zh: '来源', en: 'Source' },
      cell: ({ title, provider }) => (
        <>
          {title}
          {provider ? <div class="soft">{provider}</div> : null}
        </>
      ),
    },
    { head: { zh: '取得日', en: 'Earned on' }, cell: ({ lot }) => <span class="nowrap">{lot.earnedOn ?? '—'}</span> },
    { head: { zh: '认定', en: 'Recognised' }, isNumber: true, cell: ({ lot }) => formatCredit(lot.recognised) },
    ...(place ? [placeColumn(place)] : [whereColumn(learnerId)]),
    {
      head: { zh: '有效至', en: 'Valid until' },
      cell: ({ lot, isOutlived }) => (
        <>
          {lot.validUntil === null ? <Both zh="长期" en="for ever" /> : <span class="nowrap">{lot.validUntil}</span>}
          {isOutlived ? (
            <div class="bad">
              <Both zh="已过有效期，不能再用" en="Past its validity" />
            </div>
          ) : null}
        </>
      ),
    },
  ];
}

function placeColumn({ bucket, name }: Place): Column<LotLine> {
  return { head: name, isNumber: true, cell: ({ lot }) => <strong>{formatCredit(lot.buckets[bucket] ?? 0)}</strong> };
}

function whereColumn(learnerId: string): Column<LotLine> {
  return {
    head: { zh: '现在在哪里', en: 'Where it is now' },
    cell: ({ parts }) => (
      <ul class="inline">
        {parts.map(({ bucket, amountCenti, versions }) => (
          <li key={bucket}>
            {placeName(bucket).zh} <strong>{formatCredit(amountCenti)}</strong>
            {versions.map((version) => (
              <>
                {' '}
                <a href={entryPath(learnerId, version)}>分录 #{version}</a>
              </>
            ))}
          </li>
        ))}
      </ul>
    ),
  };
}

function placeName(bucket: string): Named {
  return PLACES.find((place) => place.bucket === bucket)?.name ?? accountName(bucket);
}

/** Totals of all lots, from the one calculator; so they also stand under a page that does not show every lot. */
function footFor({ summary, place }: CreditLotsContent) {
  const total = <Both zh="合计" en="Total" />;
  if (place) return [total, '', '', '', <strong>{formatCredit(summary[place.field])}</strong>, ''];
  const parts = PLACES.filter(({ field }) => summary[field] !== 0);
  return [
    total,
    '',
    '',
    <strong>{formatCredit(summary.recognisedCenti)}</strong>,
    <ul class="inline">
      {parts.map(({ bucket, field, name }) => (
        <li key={bucket}>
          {name.zh} <strong>{formatCredit(summary[field])}</strong>
        </li>
      ))}
    </ul>,
    '',
  ];
}
