import { MINIMAL_PACK, RECIPES } from './pack-example.js';
import { WRITING_RULES } from './pack-guide.js';
import { packReference, type ReferenceField, type ReferencePart } from './pack-reference.js';
import { publishedSchema } from './published-schema.js';

/** The reference as a Markdown file. */
export function referenceMarkdown(): string {
  const parts = packReference(publishedSchema());
  return (
    [
      '# 规则包参考 Policy pack reference',
      '由 `npm run policy:reference` 从规则包的 JSON Schema 生成，请勿手改。Generated from the schema of the pack; do not edit.',
      '## 怎样写一个规则包 How to write a pack',
      WRITING_RULES.map(({ zh, en }, index) => `${index + 1}. ${zh}\n   ${en}`).join('\n'),
      '### 最小示例 Minimal example',
      code(MINIMAL_PACK),
      '### 常见规则怎么写 How common rules are written',
      '每一段取代最小示例里的同名部分，不在其中的就加上。Each piece takes the place of the same part of the minimal example, or is added to it.',
      ...RECIPES.flatMap(({ rule, yaml }) => [`**${rule.zh}** ${rule.en}`, code(yaml)]),
      '## 全部字段 All fields',
      '`[]` 指列表里的每一项；“默认”是不写时的值。`[]` is every item of a list; the default holds when a field is left out.',
      ...parts.flatMap(partMarkdown),
    ].join('\n\n') + '\n'
  );
}

function code(yaml: string): string {
  return `\`\`\`yaml\n${yaml.trimEnd()}\n\`\`\``;
}

function partMarkdown({ name, meaning, isShape, fields }: ReferencePart): string[] {
  const heading = isShape ? `### 通用写法 shape: ${name}` : `### ${name}`;
  return [
    heading,
    `${meaning.zh} ${meaning.en}`,
    [
      '| 字段 field | 类型 type | 必填 required | 默认 default | 含义 meaning | 示例 example |',
      '| --- | --- | --- | --- | --- | --- |',
      ...fields.map(row),
    ].join('\n'),
  ];
}

function row({ path, type, shape, isRequired, default: value, meaning, example }: ReferenceField): string {
  const cells = [
    `\`${path}\``,
    `${shape === null ? both(type.zh, type.en) : `${both(type.zh, type.en)} → [${shape}](#通用写法-shape-${shape.toLowerCase()})`}`,
    isRequired ? '必填 yes' : '可省 no',
    value === null ? '–' : `\`${value}\``,
    both(meaning.zh, meaning.en),
    `\`${example}\``,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function both(zh: string, en: string): string {
  return zh === en ? zh : `${zh}<br>${en}`;
}
