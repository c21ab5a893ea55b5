import { type CfnCondition, Fn } from 'aws-cdk-lib';
import { CfnCrawler, CfnDatabase, CfnJob, CfnSecurityConfiguration } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import { CODE_BUCKET, DATA_BUCKET, databaseName, named, s3Url } from './names.ts';
import { CrawlerRole, JobRole } from './catalog-roles.ts';

export interface CatalogProps {
  readonly keyArn: string;
  readonly onParquet: CfnCondition;
  readonly onIceberg: CfnCondition;
}

/**
 * The Glue database, the job that builds the marts and, for plain Parquet tables, the crawlers that add them to
 * the database.
 */
export class Catalog extends Construct {
  readonly database: string;
  readonly jobName: string;
  readonly curatedCrawler: string;
  readonly martsCrawler: string;
  /** Names of all crawlers, separated by commas. */
  readonly crawlers: string;
  readonly jobRole: JobRole;
  readonly crawlerRoleArn: string;

  constructor(scope: Construct, id: string, { keyArn, onParquet, onIceberg }: CatalogProps) {
    super(scope, id);

    const security = new CfnSecurityConfiguration(this, 'SecurityConfiguration', {
      name: named('glue'),
      encryptionConfiguration: {
        s3Encryptions: [{ s3EncryptionMode: 'SSE-KMS', kmsKeyArn: keyArn }],
        cloudWatchEncryption: { cloudWatchEncryptionMode: 'SSE-KMS', kmsKeyArn: keyArn },
        jobBookmarksEncryption: { jobBookmarksEncryptionMode: 'CSE-KMS', kmsKeyArn: keyArn },
      },
    });
    const database = new CfnDatabase(this, 'Database', {
      catalogId: Fn.ref('AWS::AccountId'),
      databaseInput: {
        name: databaseName(),
        description: Fn.sub('Data lake ${Project}, environment ${Environment}'),
      },
    });
    this.database = database.ref;

    const crawlerRole = new CrawlerRole(this, 'CrawlerRole', { keyArn, condition: onParquet });
    this.crawlerRoleArn = crawlerRole.arn;
    const crawler = (crawlerId: string, folder: string) => {
      const resource = this.addCrawler(crawlerId, folder, security.ref);
      resource.cfnOptions.condition = onParquet;
      return resource.ref;
    };
    this.curatedCrawler = crawler('CuratedCrawler', 'curated');
    this.martsCrawler = crawler('MartsCrawler', 'marts');
    const none = '';
    this.crawlers = Fn.conditionIf(
      onParquet.logicalId,
      Fn.join(',', [this.curatedCrawler, this.martsCrawler]),
      none,
    ).toString();

    this.jobRole = new JobRole(this, 'JobRole', { keyArn });
    this.jobName = this.addJob(security.ref, onIceberg).ref;
  }

  private addCrawler(id: string, folder: string, security: string): CfnCrawler {
    return new CfnCrawler(this, id, {
      name: named(folder),
      role: this.crawlerRoleArn,
      databaseName: this.database,
      crawlerSecurityConfiguration: security,
      targets: { s3Targets: [{ path: s3Url(DATA_BUCKET, `${folder}/`) }] },
      // A missing table is a fault to investigate, so crawlers do not drop it.
      schemaChangePolicy: { updateBehavior: 'UPDATE_IN_DATABASE', deleteBehavior: 'LOG' },
      // Level 3 is bucket/folder/table: every folder is one table, and its subfolders are partitions.
      configuration: '{"Version":1.0,"Grouping":{"TableLevelConfiguration":3}}',
    });
  }

  private addJob(security: string, onIceberg: CfnCondition): CfnJob {
    const inRelease = (path: string) => s3Url(CODE_BUCKET, `\${ReleasePrefix}${path}`);
    return new CfnJob(this, 'TransformJob', {
      name: named('transform'),
      description: 'Builds marts/ from curated/',
      role: this.jobRole.arn,
      glueVersion: '5.1',
      workerType: 'G.1X',
      numberOfWorkers: 2,
      // Minutes.
      timeout: 60,
      maxRetries: 0,
      executionProperty: { maxConcurrentRuns: 1 },
      securityConfiguration: security,
      command: {
        name: 'glueetl',
        pythonVersion: '3',
        // Before the first release the job exists without its script, and nothing starts it.
        scriptLocation: inRelease('jobs/glue_transform.py'),
      },
      defaultArguments: {
        '--extra-py-files': inRelease('jobs/lake.zip'),
        '--source': s3Url(DATA_BUCKET, 'curated/'),
        '--target': s3Url(DATA_BUCKET, 'marts/'),
        '--staging': s3Url(DATA_BUCKET, 'staging/'),
        '--table_format': Fn.ref('TableFormat'),
        '--database': this.database,
        '--warehouse': s3Url(DATA_BUCKET, ''),
        '--datalake-formats': Fn.conditionIf(onIceberg.logicalId, 'iceberg', Fn.ref('AWS::NoValue')),
        '--TempDir': s3Url(DATA_BUCKET, 'tmp/glue/'),
        '--job-bookmark-option': 'job-bookmark-disable',
        '--enable-metrics': 'true',
        '--enable-continuous-cloudwatch-log': 'true',
      },
    });
  }
}
