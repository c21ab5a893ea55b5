import { TemplateRules } from './templateRules';

/** A parameter that a template declares. @public */
export interface TemplateParameter {
  hasDefault: boolean;
  noEcho: boolean;
  /** The default of a NoEcho parameter. */
  secret?: string;
}

/**
 * A template, read as data and never executed.
 *
 * @public
 */
export interface Template {
  /**
   * The text sent to CloudFormation: the given one, byte for byte, with the permissions boundary if one is
   * added.
   */
  body: string;
  /** SHA-256 of the body, in hex. */
  digest: string;
  parameters: Record<string, TemplateParameter>;
  /** Types by logical id. */
  resourceTypes: Record<string, string>;
  outputNames: string[];
  /** Names of the macros that it uses. */
  macros: string[];
  /** The rules by which it was checked. */
  rules: TemplateRules;
  /** The template as data: short YAML tags such as `!Ref` in their long form. */
  content: unknown;
}

/** CloudFormation's limit for a template given as text; a longer one is passed through a bucket. */
export const maxTextBytes = 51_200;

/** Tells whether CloudFormation accepts a template only from a bucket. */
export const isTooLongForText = ({ body }: Pick<Template, 'body'>) =>
  Buffer.byteLength(body) > maxTextBytes;
