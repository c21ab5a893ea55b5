import { readFileSync } from 'node:fs';

export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties: Record<string, any>;
}

export interface Template {
  readonly Parameters: Record<
    string,
    { AllowedPattern?: string; AllowedValues?: string[]; Default?: string; Description: string }
  >;
  readonly Conditions: Record<string, unknown>;
  readonly Resources: Record<string, Resource>;
  readonly Outputs: Record<string, { Condition?: string; Value: unknown }>;
  readonly [section: string]: unknown;
}

/** The committed text, which is what gets deployed. */
export const text = readFileSync(new URL('../templates/foundations.template.json', import.meta.url), 'utf8');
export const template = JSON.parse(text) as Template;

export const resourcesOf = (type: string) =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
