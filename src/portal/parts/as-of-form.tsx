import { Both } from '../../platform/pages/both.js';
import { shanghaiMinute } from '../../kernel/clock.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import type { AsOf } from '../as-of.js';
import { Mistake } from './mistake.js';

interface AsOfProps {
  asOf: AsOf;
  lastChangeAt: number | null;
}

/** When a page's numbers hold, and when the book last changed. */
export function AsOfLine({ asOf, lastChangeAt }: AsOfProps) {
  return (
    <p class="as-of">
      <span>
        <Both zh="截至" en="As of" />{' '}
        <strong>
          {asOf.day === null ? (
            <time>{shanghaiMinute(asOf.atMs)}</time>
          ) : (
            <Both zh={`${asOf.day} 日终`} en="end of day" />
          )}
        </strong>
        <Both zh="（北京时间）" en="Beijing time" />
      </span>{' '}
      <span>
        <Both zh="最近变动" en="Last change" />{' '}
        <strong>
          {lastChangeAt === null ? <Both zh="尚无" en="none" /> : <time>{shanghaiMinute(lastChangeAt)}</time>}
        </strong>
      </span>
    </p>
  );
}

/** Form for the balance of a past day; it leads back to the page it stands on. */
export function AsOfForm({ asOf, path, mistake }: { asOf: AsOf; path: string; mistake: Named | null }) {
  return (
    <form class="lookup as-of" method="get" action={path}>
      <div>
        <label for="asOf">
          <Both zh="查看某一天日终的余额" en="Balance at the end of a day" />
        </label>
        {mistake ? <Mistake field="asOf" mistake={mistake} /> : null}
        <input
          id="asOf"
          name="asOf"
          type="date"
          max={asOf.today}
          value={asOf.day ?? ''}
          aria-describedby={mistake ? 'asOf-mistake' : undefined}
          aria-invalid={mistake ? true : undefined}
        />
      </div>
      <button type="submit">
        <Both zh="查看" en="Show" />
      </button>
      {asOf.day === null ? null : (
        <a class="button plain" href={path}>
          <Both zh="回到现在" en="Back to now" />
        </a>
      )}
    </form>
  );
}
