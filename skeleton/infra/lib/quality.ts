import { readdirSync, readFileSync } from 'node:fs';
import { CfnDataQualityRuleset } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import { named } from './names.ts';

const folder = new URL('../../quality/', import.meta.url);

/**
 * A Glue Data Quality ruleset for each file in quality/. It has no target table, because the first run creates
 * the tables and Glue deletes a ruleset with its target.
 */
export class Quality extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    for (const file of readdirSync(folder).sort()) {
      if (!file.endsWith('.dqdl')) continue;
      const table = file.replace('.dqdl', '');
      new CfnDataQualityRuleset(this, `${pascal(table)}Quality`, {
        name: named(table),
        description: `Rules of the table ${table}`,
        ruleset: withoutComments(readFileSync(new URL(file, folder), 'utf8')),
      });
    }
  }
}

const pascal = (name: string) =>
  name.replace(/(^|_)([a-z0-9])/g, (_match, _dash, letter: string) => letter.toUpperCase());

/** Joins the rules to one line without comments, because the template's size is limited. */
const withoutComments = (dqdl: string) =>
  dqdl
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .join(' ');
