import type { ComponentChildren } from 'preact';
import type { Bilingual } from '../problems/problem-spec.js';
import { Both } from './both.js';

/** What a fact is called, and the fact. */
export type Fact = [name: Bilingual, value: ComponentChildren];

/** Named facts, one under the other. What there is none of (`null`) is left out. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name.en}>
            <dt>
              <Both {...name} />
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
