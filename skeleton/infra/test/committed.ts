import { readFileSync } from 'node:fs';
import { type StackName, stacks } from '../lib/template.ts';

export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties: Record<string, any>;
}

export interface Template {
  readonly Parameters: Record<
    string,
    {
      readonly Type: string;
      readonly AllowedPattern?: string;
      readonly AllowedValues?: string[];
      readonly Default?: string | number;
      readonly Description: string;
    }
  >;
  readonly Conditions: Record<string, unknown>;
  readonly Resources: Record<string, Resource>;
  readonly Outputs: Record<string, { Condition?: string; Value: unknown }>;
  readonly [section: string]: unknown;
}

/** The committed text of a stack, which is what gets deployed. */
export const textOf = (name: StackName) =>
  readFileSync(new URL(`../templates/${name}.template.json`, import.meta.url), 'utf8');

export const stackNames = Object.keys(stacks) as StackName[];
export const committed = Object.fromEntries(
  stackNames.map((name) => [name, JSON.parse(textOf(name))]),
) as Record<StackName, Template>;

/** The foundations stack's. */
export const template = committed.foundations;

export const resourcesOf = (type: string, { Resources } = template) =>
  Object.entries(Resources).filter(([, resource]) => resource.Type === type);

/** Of all stacks: no two have the same logical id, so one name finds one resource. */
export const allResources = stackNames.flatMap((name) => Object.entries(committed[name].Resources));
