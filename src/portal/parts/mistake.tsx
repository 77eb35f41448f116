import { Both } from '../../platform/pages/both.js';
import type { Named } from '../../policy/domain/schema-parts.js';

interface MistakeProps {
  /** Id of the field. */
  field: string;
  mistake: Named;
}

/** What is wrong, at its field. */
export function Mistake({ field, mistake }: MistakeProps) {
  return (
    <p class="mistake" id={`${field}-mistake`}>
      <Both zh={`有误：${mistake.zh}`} en={`Mistake: ${mistake.en}`} />
    </p>
  );
}

/** What is wrong, at the top of the page, with a link to the field. */
export function MistakeSummary({ field, mistake }: MistakeProps) {
  return (
    <div class="mistakes" role="alert">
      <h2>
        <Both zh="请更正" en="Please correct" />
      </h2>
      <p>
        <a href={`#${field}`}>
          <Both {...mistake} />
        </a>
      </p>
    </div>
  );
}
