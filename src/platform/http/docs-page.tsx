import type { OpenAPIObject } from '@nestjs/swagger';
import { renderPage } from '../pages/layout.js';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Every operation with its method, path, roles, parameters, body example and answers, as a page without script. */
export function renderDocsPage(document: OpenAPIObject): string {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => (item[method] ? [{ path, method, operation: item[method] }] : [])),
  );
  return renderPage({
    title: '接口文档',
    titleEn: 'API',
    children: (
      <>
        <p>{document.info.description}</p>
        <p>
          机器可读 <span lang="en">Machine-readable</span>: <a href="/api/openapi.json">/api/openapi.json</a>；拒绝代码{' '}
          <span lang="en">Refusals</span>: <a href="/problems">/problems</a>
        </p>
        {operations.map(({ path, method, operation }) => (
          <OperationBlock key={`${method} ${path}`} path={path} method={method} operation={operation} />
        ))}
      </>
    ),
  });
}

function OperationBlock({ path, method, operation }: { path: string; method: string; operation: Operation }) {
  return (
    <details>
      <summary>
        <code>
          {method.toUpperCase()} {path}
        </code>{' '}
        {operation.summary}
      </summary>
      {operation.description ? <p>{operation.description}</p> : null}
      <Parameters operation={operation} />
      <Body operation={operation} />
      <div class="table">
        <table class="stack">
          <caption>
            答复 <span lang="en">Answers</span>
          </caption>
          <tbody>
            {Object.entries(operation.responses).map(([status, response]) => (
              <tr key={status}>
                <th scope="row">{status}</th>
                <td>{response && 'description' in response ? response.description : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Parameters({ operation }: { operation: Operation }) {
  const parameters = (operation.parameters ?? []).flatMap((parameter) => ('name' in parameter ? [parameter] : []));
  if (parameters.length === 0) return null;
  return (
    <div class="table">
      <table class="stack">
        <caption>
          参数 <span lang="en">Parameters</span>
        </caption>
        <tbody>
          {parameters.map((parameter) => (
            <tr key={`${parameter.in} ${parameter.name}`}>
              <th scope="row">
                {parameter.name}（{parameter.in}）
              </th>
              <td>{parameter.description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Body({ operation }: { operation: Operation }) {
  const body = operation.requestBody;
  if (!body || !('content' in body)) return null;
  return (
    <p>
      请求体 <span lang="en">Body</span>:{' '}
      {Object.entries(body.content).map(([type, media]) => (
        <span key={type}>
          <code>{type}</code> <code>{JSON.stringify(media.schema)}</code>{' '}
        </span>
      ))}
    </p>
  );
}
