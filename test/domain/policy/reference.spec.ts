import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { packReference } from '../../../src/policy/domain/pack-reference.js';
import { publishedSchema } from '../../../src/policy/domain/published-schema.js';
import { referenceMarkdown } from '../../../src/policy/domain/reference-markdown.js';
import { shippedFile } from './pack-parts.js';

const parts = packReference(publishedSchema());
const fields = parts.flatMap((part) => part.fields.map((field) => ({ ...field, path: `${part.name}: ${field.path}` })));

describe('the published schema', () => {
  it('is the one that is committed: run npm run policy:reference', () => {
    expect(JSON.parse(readFileSync('fixtures/policy/policy-pack.schema.json', 'utf8'))).toEqual(publishedSchema());
  });

  it('is draft-07 that any reader understands, and accepts the shipped pack', () => {
    const ajv = new Ajv({ strict: false, formats: { date: true } });
    const validate = ajv.compile(publishedSchema());
    expect([validate(shippedFile()), validate.errors]).toEqual([true, null]);
    expect(validate({ ...shippedFile(), bonus: 1 })).toBe(false);
    expect(JSON.stringify(publishedSchema())).not.toContain('discriminator');
  });

  it('is named in the shipped packs, for editors', () => {
    expect(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=policy-pack\.schema\.json\n/,
    );
  });
});

describe('the reference page', () => {
  it('is the one that is committed: run npm run policy:reference', () => {
    expect(readFileSync('fixtures/policy/REFERENCE.md', 'utf8')).toBe(referenceMarkdown());
  });

  it('says of every field in both languages what it means, and shows an example that is YAML', () => {
    expect(fields.length).toBeGreaterThan(120);
    expect(
      fields
        .filter(({ meaning }) => !/[\u4e00-\u9fff]/.test(meaning.zh) || !/[a-z]/i.test(meaning.en))
        .map(({ path }) => path),
    ).toEqual([]);
    const unreadable = fields.filter(({ example }) => example.includes('…') || parse(example) === undefined);
    expect(unreadable.map(({ path }) => path)).toEqual([]);
  });

  it('has a part for every field at the top of a pack, and explains every shape it names', () => {
    expect(parts.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(shippedFile())));
    const shapes = parts.filter(({ isShape }) => isShape).map(({ name }) => name);
    const named = new Set(fields.flatMap(({ shape }) => (shape === null ? [] : [shape])));
    expect([...named].sort()).toEqual([...shapes].sort());
  });

  it('tells the forms of a choice apart', () => {
    const tariffs = parts.find(({ name }) => name === 'tariffs')!.fields;
    expect(tariffs.find(({ path }) => path === 'tariffs[] (kind: per-visit).creditPerVisit')).toMatchObject({
      isRequired: true,
      type: { en: 'credit' },
      example: "'0.10'",
    });
    expect(tariffs.find(({ path }) => path === 'tariffs[] (kind: per-time).step')).toMatchObject({
      isRequired: false,
      default: "'0.01'",
    });
  });
});
