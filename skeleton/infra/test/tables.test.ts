import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readProject } from '../lib/project.ts';
import { resourcesOf, template } from './committed.ts';

const root = new URL('../../', import.meta.url);
const job = template.Resources.TransformJob!.Properties.DefaultArguments;
const grants = resourcesOf('AWS::LakeFormation::PrincipalPermissions');

test('with Parquet, crawlers fill the database; with Iceberg there are none', () => {
  for (const id of ['CuratedCrawler', 'MartsCrawler', 'CrawlerRole'])
    assert.equal(template.Resources[id]!.Condition, 'OnParquet', id);
  for (const output of ['CuratedCrawlerName', 'MartsCrawlerName'])
    assert.equal(template.Outputs[output]!.Condition, 'OnParquet', output);
  const { Crawlers } = template.Resources.StateMachine!.Properties.DefinitionSubstitutions;
  const [condition, crawlers, none] = Crawlers['Fn::If'];
  assert.equal(condition, 'OnParquet');
  assert.deepEqual(crawlers, { 'Fn::Join': [',', [{ Ref: 'CuratedCrawler' }, { Ref: 'MartsCrawler' }]] });
  assert.equal(none, '');
});

test('the job gets the format, the database and the location of the lake', () => {
  assert.deepEqual(job['--table_format'], { Ref: 'TableFormat' });
  assert.deepEqual(job['--database'], { Ref: 'Database' });
  assert.deepEqual(job['--warehouse'], { 'Fn::Sub': 's3://${DataBucketParameter.Value}/' });
  assert.deepEqual(job['--datalake-formats'], {
    'Fn::If': ['OnIceberg', 'iceberg', { Ref: 'AWS::NoValue' }],
  });
});

test("with Iceberg, only Spark's roles create and change tables of this database", () => {
  const { Condition, Properties } = template.Resources.IcebergPolicy!;
  assert.equal(Condition, 'OnIceberg');
  assert.deepEqual(Properties.Roles, [
    { Ref: 'JobRole' },
    { 'Fn::If': ['OnEmr', { Ref: 'EmrInstanceRole' }, { Ref: 'EmrServerlessJobRole' }] },
  ]);
  for (const [id, { Properties: role }] of resourcesOf('AWS::IAM::Role')) {
    if (id !== 'CrawlerRole') assert.doesNotMatch(JSON.stringify(role), /glue:(Create|Update)Table/, id);
  }
});

test('Lake Formation grants permissions to the crawlers, or with Iceberg to Spark', () => {
  const conditions = Object.fromEntries(grants.map(([id, { Condition }]) => [id, Condition]));
  assert.deepEqual(conditions, {
    CrawlerDatabaseGrant: 'GrantsToCrawlers',
    CrawlerLocationGrant: 'GrantsLocation',
    JobDatabaseGrant: 'GrantsLakeFormation',
    JobLocationGrant: 'GrantsLocationToSpark',
    JobMartsGrant: 'GrantsToSpark',
    JobTablesGrant: 'GrantsLakeFormation',
    SparkDatabaseGrant: 'GrantsToSpark',
    SparkLocationGrant: 'GrantsLocationToSpark',
    SparkTablesGrant: 'GrantsToSpark',
  });
});

test('the state machine uses the definition in the release', () => {
  const { DefinitionS3Location, DefinitionSubstitutions } = template.Resources.StateMachine!.Properties;
  const { Key } = DefinitionS3Location;
  const path = Key['Fn::Sub'].replace('${ReleasePrefix}', '');
  assert.ok(existsSync(new URL(path, root)), path);
  assert.ok(readProject().release.files.includes('statemachine/*.asl.json'));
  const used = readFileSync(new URL(path, root), 'utf8').matchAll(/\$\{(\w+)\}/g);
  assert.deepEqual(
    [...new Set([...used].map(([, name]) => name))].sort(),
    Object.keys(DefinitionSubstitutions).sort(),
  );
});
