import { Both } from '../../platform/pages/both.js';
import { Mistake } from '../parts/mistake.js';

/** Form for the serial of a paper. Works anywhere: it only leads to the serial's own page. */
export function VerifyForm({ typed = '', isEmpty = false }: { typed?: string; isEmpty?: boolean }) {
  return (
    <form class="lookup" method="get" action="/verify">
      <div>
        <label for="serial">
          <Both zh="证书或成绩单编号" en="Serial" />
        </label>
        <p class="hint" id="serial-hint">
          <Both
            zh="14 位，以 C 或 T 开头；空格和大小写不影响"
            en="14 characters, C or T first; spaces and case do not matter"
          />
        </p>
        {isEmpty ? <Mistake field="serial" mistake={{ zh: '请填写编号。', en: 'Enter the serial.' }} /> : null}
        <input
          id="serial"
          name="serial"
          value={typed}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxLength={40}
          aria-describedby={isEmpty ? 'serial-hint serial-mistake' : 'serial-hint'}
          aria-invalid={isEmpty ? true : undefined}
        />
      </div>
      <button type="submit">
        <Both zh="验证" en="Verify" />
      </button>
    </form>
  );
}
