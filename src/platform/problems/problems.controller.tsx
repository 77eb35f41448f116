import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Refusal, type RefusalCode } from '../../kernel/refusal.js';
import { Public } from '../auth/roles.js';
import { renderPage } from '../pages/layout.js';
import { PROBLEMS } from './problem-catalogue.js';

/** A page for every problem code, so that the `type` of a problem can be opened. */
@ApiExcludeController()
@Controller('problems')
@Public()
export class ProblemsController {
  /** All codes with their status and meaning. */
  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  list(): string {
    const rows = Object.entries(PROBLEMS);
    return renderPage({
      title: '问题目录',
      titleEn: 'Problem catalogue',
      children: (
        <div class="table">
          <table class="stack">
            <caption>
              所有拒绝及其含义 <span lang="en">Every refusal and what it means</span>
            </caption>
            <thead>
              <tr>
                <th scope="col">
                  代码 <span lang="en">Code</span>
                </th>
                <th scope="col">
                  状态 <span lang="en">Status</span>
                </th>
                <th scope="col">
                  含义 <span lang="en">Meaning</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(([code, spec]) => (
                <tr key={code}>
                  <th scope="row">
                    <a href={`/problems/${code}`}>{code}</a>
                  </th>
                  <td data-label="状态">{spec.status}</td>
                  <td data-label="含义">
                    {spec.title.zh} <span lang="en">{spec.title.en}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ),
    });
  }

  /** One code: what it means and what to do. Refuses with `not-found` a code that there is not. */
  @Get(':code')
  @Header('Content-Type', 'text/html; charset=utf-8')
  show(@Param('code') code: string): string {
    const spec = Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code as RefusalCode] : undefined;
    if (!spec) throw new Refusal('not-found');
    return renderPage({
      title: spec.title.zh,
      titleEn: spec.title.en,
      children: (
        <>
          <p>{inGeneral(spec.detail.zh)}</p>
          <p lang="en">{inGeneral(spec.detail.en)}</p>
          <dl class="facts">
            <dt>
              代码 <span lang="en">Code</span>
            </dt>
            <dd>{code}</dd>
            <dt>
              HTTP 状态 <span lang="en">status</span>
            </dt>
            <dd>{spec.status}</dd>
          </dl>
        </>
      ),
    });
  }
}

/** A sentence that is about no case: an ellipsis where each case has its own fact. */
function inGeneral(template: string): string {
  return template.replaceAll(/ ?\{\w+\?\}/g, '').replaceAll(/\{\w+\}/g, '…');
}
