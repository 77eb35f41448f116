import type { Type } from '@nestjs/common';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import type { FieldError } from '../../kernel/refusal.js';
import { pointerTo, ruleWords } from './rule-words.js';

/*
 * Bodies of routes where thousands of rows a second come in are checked by a compiled schema instead of the general
 * pipe: class-validator is what limits them (75,000 against 480,000 rows a second in one run). The schema is derived
 * from the class, so class-validator stays the one source of the rules; a test holds both to the same answers.
 */

/** JSON Schema of a request class, derived from its class-validator rules. Unknown fields are mistakes here too. */
export function schemaOf(type: Type<unknown>): object {
  const schema = validationMetadatasToSchemas()[type.name];
  if (!schema) throw new TypeError(`${type.name} has no validation rules`);
  return { ...schema, additionalProperties: false };
}

const ajv = new Ajv({ allErrors: true, strict: false });

/** The class-validator rule behind a type or keyword of JSON Schema, so that both ways name the same codes. */
const TYPE_RULES: Record<string, string> = {
  string: 'isString',
  integer: 'isInt',
  array: 'isArray',
  object: 'isObject',
};
const KEYWORD_RULES: Record<string, string> = {
  required: 'isDefined',
  additionalProperties: 'whitelistValidation',
  enum: 'isIn',
  minLength: 'minLength',
  maxLength: 'maxLength',
  minItems: 'arrayMinSize',
};

/**
 * Field errors of a compiled schema: codes, sentences and pointers as the class's own validation would give them, except
 * that a field left out is told once (`isDefined`) and not once for each of its rules.
 */
export function schemaErrors(errors: ErrorObject[] | null | undefined): FieldError[] {
  return (errors ?? []).map(({ keyword, params, instancePath, message }) => {
    const { missingProperty, additionalProperty, type, limit, allowedValues } = params as {
      missingProperty?: string;
      additionalProperty?: string;
      type?: string;
      limit?: number;
      allowedValues?: unknown[];
    };
    const property = missingProperty ?? additionalProperty;
    const code = (type === undefined ? KEYWORD_RULES[keyword] : TYPE_RULES[type]) ?? keyword;
    return {
      // The validator escapes the path it gives, but not the name of a property beside it.
      pointer: property === undefined ? instancePath : pointerTo(instancePath, property),
      code,
      detail: ruleWords(code, String(limit ?? allowedValues?.join(', ') ?? '')) ?? message ?? '',
    };
  });
}

/** Compiles a schema once for the life of the process. */
export function compileSchema(schema: object): ValidateFunction {
  return ajv.compile(schema);
}
