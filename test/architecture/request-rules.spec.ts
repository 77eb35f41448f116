import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { getFromContainer, getMetadataStorage, type ValidatorConstraintInterface } from 'class-validator';
import { toFieldErrors } from '../../src/platform/http/body-validation.js';
import { readSourceFiles } from './source-files.js';

type Class = new () => object;

const FILES = [...readSourceFiles('src').values()]
  .filter(({ path }) => /\.request\.ts$|paging\.ts$/.test(path))
  .map(({ path }) => path);

/** What a client reads when a rule of a class is broken, as `Class.property rule: sentence`. */
function sentencesOf(type: Class): string[] {
  const storage = getMetadataStorage();
  return storage.getTargetValidationMetadatas(type, '', true, false).flatMap((metadata) => {
    const { propertyName: property, constraints = [], constraintCls, message } = metadata;
    if (metadata.type === 'conditionalValidation') return [];
    const rules = constraintCls ? storage.getTargetValidatorConstraints(constraintCls) : [];
    const code = metadata.name ?? rules[0]?.name ?? metadata.type;
    const given = {
      value: undefined,
      constraints: constraints as unknown[],
      targetName: type.name,
      object: {},
      property,
    };
    const rule = rules[0] && (getFromContainer(rules[0].target as Class) as ValidatorConstraintInterface);
    const own = message as string | ((args: typeof given) => string) | undefined;
    const text = (typeof own === 'function' ? own(given) : own) ?? rule?.defaultMessage?.(given) ?? '';
    const said = (constraints as unknown[]).reduce<string>(
      (sentence, limit, at) => sentence.replaceAll(`$constraint${at + 1}`, String(limit)),
      text,
    );
    return toFieldErrors([{ property, constraints: { [code]: said.replaceAll('$property', property) } }]).map(
      ({ detail }) => `${type.name}.${property} ${code}: ${detail}`,
    );
  });
}

describe('the rules of what comes in', () => {
  it.each(FILES)('of %s say in Chinese and in English what they ask for', async (path) => {
    const module = (await import(pathToFileURL(resolve(path)).href)) as Record<string, unknown>;
    const classes = Object.values(module).filter(
      (each): each is Class => typeof each === 'function' && /^class/.test(String(each)),
    );
    const sentences = classes.flatMap(sentencesOf);
    expect(sentences.filter((each) => !/: .*\p{Script=Han}.* .*[a-z]{2,}/u.test(each))).toEqual([]);
    expect(sentences.length).toBeGreaterThan(0);
  });
});
