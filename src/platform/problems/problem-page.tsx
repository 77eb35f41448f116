import { renderPage } from '../pages/layout.js';
import type { Problem } from './problem.js';

/** A problem as a page: the sentence that says what to do, and how to name this occurrence to the operator. */
export function renderProblemPage(problem: Problem): string {
  return renderPage({
    title: problem.title,
    titleEn: problem.titleEn,
    children: (
      <>
        <p>{problem.detail}</p>
        <p lang="en">{problem.detailEn}</p>
        {problem.errors ? (
          <ul>
            {problem.errors.map(({ pointer, detail }) => (
              <li key={pointer}>
                <code>{pointer}</code> {detail}
              </li>
            ))}
          </ul>
        ) : null}
        <dl class="facts">
          <dt>
            代码 <span lang="en">Code</span>
          </dt>
          <dd>
            <a href={problem.type}>{problem.code}</a>（{problem.status}）
          </dd>
          {problem.instance ? (
            <>
              <dt>
                编号 <span lang="en">Instance</span>
              </dt>
              <dd class="hash">{problem.instance}</dd>
            </>
          ) : null}
        </dl>
      </>
    ),
  });
}
