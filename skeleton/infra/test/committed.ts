import { readFileSync } from 'node:fs';
import { type StackName, stackNames } from '../lib/stack-names.ts';

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

/** Reads the committed template of a stack, which is the one that gets deployed. */
export const textOf = (name: StackName) =>
  readFileSync(new URL(`../templates/${name}.template.json`, import.meta.url), 'utf8');

export const committed = Object.fromEntries(
  stackNames.map((name) => [name, JSON.parse(textOf(name))]),
) as Record<StackName, Template>;

/** The template of the foundations stack. */
export const template = committed.foundations;

export const resourcesOf = (type: string, { Resources } = template) =>
  Object.entries(Resources).filter(([, resource]) => resource.Type === type);

/** The resources of all stacks. A logical id occurs only once, so it identifies one resource. */
export const allResources = stackNames.flatMap((name) => Object.entries(committed[name].Resources));
