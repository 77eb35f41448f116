import { Both } from '../../platform/pages/both.js';
import { renderPage } from '../../platform/pages/layout.js';
import { Table } from '../../platform/pages/table.js';
import { MINIMAL_PACK, RECIPES } from '../../policy/domain/pack-example.js';
import { WRITING_RULES } from '../../policy/domain/pack-guide.js';
import { packReference, type ReferenceField, type ReferencePart } from '../../policy/domain/pack-reference.js';
import { publishedSchema } from '../../policy/domain/published-schema.js';
import type { Named } from '../../policy/domain/schema-parts.js';

/** How a policy pack is written, and every field there is: from the same schema that checks packs. */
export function renderPolicyReference(): string {
  const parts = packReference(publishedSchema());
  return renderPage({
    title: '规则包参考',
    titleEn: 'Policy pack reference',
    children: (
      <>
        <p class="lead">
          <Both
            zh="规则包就是一家学分银行的全部规则。下面说怎样写，以及每个字段的含义。"
            en="A policy pack is all the rules of a credit bank. How to write one, and what every field means."
          />
        </p>
        <p>
          <a href="/api/v1/policies/schema">
            <Both zh="机器可读的 JSON Schema" en="The JSON Schema" />
          </a>
        </p>
        <h2>
          <Both zh="怎样写一个规则包" en="How to write a pack" />
        </h2>
        <ol>
          {WRITING_RULES.map((rule) => (
            <li key={rule.en}>
              <Both {...rule} />
            </li>
          ))}
        </ol>
        <h3>
          <Both zh="最小示例" en="Minimal example" />
        </h3>
        <Yaml text={MINIMAL_PACK} name={{ zh: '最小示例', en: 'Minimal example' }} />
        <h2>
          <Both zh="常见规则怎么写" en="How common rules are written" />
        </h2>
        <p>
          <Both
            zh="每一段取代最小示例里的同名部分，不在其中的就加上。"
            en="Each piece takes the place of the same part of the minimal example, or is added to it."
          />
        </p>
        {RECIPES.map(({ rule, yaml }) => (
          <section key={rule.en}>
            <h3>
              <Both {...rule} />
            </h3>
            <Yaml text={yaml} name={rule} />
          </section>
        ))}
        <h2>
          <Both zh="全部字段" en="All fields" />
        </h2>
        <ul class="links">
          {parts.map((part) => (
            <li key={part.name}>
              <a href={`#${idOf(part)}`}>{part.name}</a> <Both {...part.meaning} />
            </li>
          ))}
        </ul>
        {parts.map((part) => (
          <Part key={part.name} part={part} />
        ))}
      </>
    ),
  });
}

/** A piece of YAML that can be scrolled by keyboard where it is wider than the page. */
function Yaml({ text, name }: { text: string; name: Named }) {
  return (
    <pre class="table" tabIndex={0} role="region" aria-label={`YAML: ${name.zh}`}>
      <code>{text}</code>
    </pre>
  );
}

function idOf({ name, isShape }: Pick<ReferencePart, 'name' | 'isShape'>): string {
  return `${isShape ? 'shape' : 'part'}-${name}`;
}

function Part({ part }: { part: ReferencePart }) {
  return (
    <section id={idOf(part)}>
      <h3>
        <code>{part.name}</code> <Both {...part.meaning} />
      </h3>
      <Table
        caption={
          part.isShape ? (
            <Both zh={`通用写法 ${part.name}`} en="A shape that many fields use" />
          ) : (
            <Both zh={`${part.name} 的字段`} en={`Fields of ${part.name}`} />
          )
        }
        rows={part.fields}
        empty={{ zh: '没有字段。', en: 'No fields.' }}
        columns={[
          { head: { zh: '字段', en: 'Field' }, cell: ({ path }) => <code class="hash">{path}</code> },
          { head: { zh: '类型', en: 'Type' }, cell: typeCell },
          {
            head: { zh: '必填', en: 'Required' },
            cell: ({ isRequired }) => (isRequired ? <Both zh="必填" en="yes" /> : <Both zh="可省" en="no" />),
          },
          {
            head: { zh: '默认', en: 'Default' },
            cell: (field) => (field.default === null ? '–' : <code>{field.default}</code>),
          },
          { head: { zh: '含义', en: 'Meaning' }, cell: ({ meaning }) => <Both {...meaning} /> },
          { head: { zh: '示例', en: 'Example' }, cell: ({ example }) => <code class="hash">{example}</code> },
        ]}
      />
    </section>
  );
}

function typeCell({ type, shape }: ReferenceField) {
  const plain = { zh: type.zh.replaceAll('`', ''), en: type.en.replaceAll('`', '') };
  return (
    <>
      {plain.zh === plain.en ? plain.zh : <Both {...plain} />}
      {shape === null ? null : (
        <>
          {' '}
          <a href={`#${idOf({ name: shape, isShape: true })}`}>{shape}</a>
        </>
      )}
    </>
  );
}
