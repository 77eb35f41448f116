import type { ErrorCode } from 'yaml';
import { mistakeAt, type Mistake } from './domain/mistake.js';
import type { MistakeCode } from './domain/mistake-words.js';

type YamlMistake = Exclude<
  Extract<MistakeCode, `yaml-${string}` | 'nested-too-deeply'>,
  'yaml-field-twice' | `yaml-colon-${string}` | `yaml-comma-${string}` | `yaml-indent-${string}` | `yaml-tab-${string}`
>;

/** What the reader of YAML calls its errors, in our kinds: a code that a later reader adds does not compile. */
const KINDS: Record<ErrorCode, YamlMistake> = {
  ALIAS_PROPS: 'yaml-alias',
  BAD_ALIAS: 'yaml-alias',
  BAD_COLLECTION_TYPE: 'yaml-tag',
  BAD_DIRECTIVE: 'yaml-directive',
  BAD_DQ_ESCAPE: 'yaml-escape',
  BAD_INDENT: 'yaml-indent',
  BAD_PROP_ORDER: 'yaml-unexpected',
  BAD_SCALAR_START: 'yaml-text',
  BLOCK_AS_IMPLICIT_KEY: 'yaml-mapping-in-line',
  BLOCK_IN_FLOW: 'yaml-bracket-or-quote',
  DUPLICATE_KEY: 'yaml-key',
  IMPOSSIBLE: 'yaml-unexpected',
  KEY_OVER_1024_CHARS: 'yaml-key',
  MISSING_CHAR: 'yaml-bracket-or-quote',
  MULTILINE_IMPLICIT_KEY: 'yaml-key',
  MULTIPLE_ANCHORS: 'yaml-alias',
  MULTIPLE_DOCS: 'yaml-many-documents',
  MULTIPLE_TAGS: 'yaml-tag',
  NON_STRING_KEY: 'yaml-key',
  RESOURCE_EXHAUSTION: 'nested-too-deeply',
  TAB_AS_INDENT: 'yaml-tab',
  TAG_RESOLVE_FAILED: 'yaml-tag',
  UNEXPECTED_TOKEN: 'yaml-unexpected',
};

/** An error of the YAML itself, which has no place in a tree. */
export function yamlMistake(code: ErrorCode): Mistake {
  return mistakeAt('', KINDS[code]);
}
