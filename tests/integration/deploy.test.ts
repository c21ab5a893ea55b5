import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import {
  DeleteChangeSetCommand,
  DescribeStackResourceCommand,
  DetectStackDriftCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { collectFiles, previewUpload, uploadFiles } from '@data-lake/s3-sync';
import {
  defaultAllowedResourceTypes,
  deleteStack,
  describeDeletion,
  deployStack,
  findStack,
  parseTemplate,
  planStackDeletion,
  previewStack,
} from '@data-lake/cloudformation';
import { toOwnership } from '@data-lake/plugin-data-lake-common';
import { clientsOf, localAwsUrl } from './localAws';

/** A plain stack without a data lake, because the engine works with any stack. */
const clients = clientsOf(localAwsUrl());
const unique = `it-${Date.now().toString(36)}`;
const log = jest.fn();
beforeEach(() => log.mockClear());

describe('deployStack', () => {
  const template = (resources: object = {}) =>
    parseTemplate(
      JSON.stringify({
        Parameters: { Text: { Type: 'String', Default: 'none' } },
        Resources: { Topic: { Type: 'AWS::SNS::Topic' }, ...resources },
        Outputs: { Text: { Value: { Ref: 'Text' } } },
      }),
      {
        allowedResourceTypes: defaultAllowedResourceTypes,
        reach: { allowedImports: ['nothing'] },
      },
    );
  const parameter = (value: unknown) => ({
    Parameter: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Type: 'String', Value: value },
    },
  });
  const broken = template(parameter({ 'Fn::ImportValue': 'nothing' }));
  const stackName = `${unique}-stack`;
  const deploy = (change: object = {}, options: object = {}) =>
    deployStack({
      clients,
      log,
      spec: {
        stackName,
        template: template(),
        parameters: {},
        tags: { 'data-lake:entity': 'component:default/a' },
        ownership: toOwnership('component:default/a'),
        identity: 'one',
        ...change,
      },
      ...options,
    });
  const preview = (change: object) =>
    previewStack({
      clients,
      log,
      spec: {
        stackName,
        template: template(),
        parameters: {},
        tags: { 'data-lake:entity': 'component:default/a' },
        ownership: toOwnership('component:default/a'),
        identity: 'preview',
        ...change,
      },
    });
  const changeSets = async (name: string) => {
    const { Summaries } = await clients.cloudformation.send(
      new ListChangeSetsCommand({ StackName: name }),
    );
    return (Summaries ?? []).filter(
      ({ ExecutionStatus }) => ExecutionStatus !== 'EXECUTE_COMPLETE',
    );
  };

  it('creates with at most eight calls, and logs the events', async () => {
    const before = clients.calls.total;
    const made = await deploy({ parameters: { Text: 'first' } });
    expect(made).toMatchObject({
      status: 'CREATE_COMPLETE',
      outputs: { Text: 'first' },
      changes: { added: ['Topic (AWS::SNS::Topic)'] },
    });
    expect(clients.calls.total - before).toBeLessThanOrEqual(8);
    expect(log).toHaveBeenCalledWith(
      expect.stringContaining('CREATE_COMPLETE      Topic'),
    );
  });

  it('finds its own operation in a second try, and executes nothing', async () => {
    const before = clients.calls.toJSON();
    const again = await deploy({ parameters: { Text: 'first' } });
    const after = clients.calls.toJSON();
    expect(again).toMatchObject({
      status: 'CREATE_COMPLETE',
      outputs: { Text: 'first' },
    });
    expect(after['cloudformation:ExecuteChangeSet']).toBe(
      before['cloudformation:ExecuteChangeSet'],
    );
  });

  it('keeps the value of a missing parameter, and leaves no change set without changes', async () => {
    const same = await deploy({ identity: 'two' });
    expect(same).toMatchObject({ changed: false, outputs: { Text: 'first' } });
    expect(await changeSets(stackName)).toEqual([]);
  });

  it('updates', async () => {
    const updated = await deploy({ template: template(parameter('x')) });
    expect(updated).toMatchObject({
      status: 'UPDATE_COMPLETE',
      changes: { added: ['Parameter (AWS::SSM::Parameter)'] },
    });
  });

  it('previews the former and the new value of a property', async () => {
    const { resources } = await preview({ template: template(parameter('y')) });
    expect(resources).toMatchObject([
      {
        logicalId: 'Parameter',
        does: 'changed',
        properties: [{ path: 'Value', before: 'x', after: 'y' }],
      },
    ]);
    expect(log).toHaveBeenCalledWith('      Value: x → y');
  });

  it('previews a new stack, and leaves nothing behind', async () => {
    const name = `${unique}-previewed`;
    const asked = { stackName: name, parameters: { Text: 'x' } };
    const seen = await preview(asked);
    expect(seen).toMatchObject({
      does: 'create',
      resources: [{ logicalId: 'Topic', does: 'added' }],
    });
    expect(await findStack(clients, name)).toBeUndefined();
    expect(log).toHaveBeenCalledWith('  + Topic (AWS::SNS::Topic)');

    const { digest: previewDigest } = seen;
    const other = { ...asked, parameters: { Text: 'y' } };
    await expect(deploy(other, { previewDigest })).rejects.toThrow(
      /not the one that was previewed/,
    );
    expect(await findStack(clients, name)).toBeUndefined();
    const made = await deploy(asked, { previewDigest });
    expect(made.status).toBe('CREATE_COMPLETE');
  });

  it('cleans up in the second try after a preview that could not remove its change set', async () => {
    const name = `${unique}-killed`;
    const send = clients.cloudformation.send.bind(clients.cloudformation);
    const killed = jest
      .spyOn(clients.cloudformation, 'send')
      .mockImplementation(async (command: any, ...rest: any[]) => {
        if (command instanceof DeleteChangeSetCommand) {
          throw new Error('killed');
        }
        return (send as any)(command, ...rest);
      });
    const first = await preview({ stackName: name }).finally(() =>
      killed.mockRestore(),
    );
    expect(first.left).toMatch(/May be left: change set .*killed.*Remove it/);
    expect(await changeSets(name)).toHaveLength(1);

    const seen = await preview({ stackName: name });
    expect(seen).toMatchObject({ does: 'create' });
    expect(await findStack(clients, name)).toBeUndefined();
  });

  const bucket = (name: string) => ({
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: name } },
  });
  const role = (action: string) => ({
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'lambda.amazonaws.com' },
              Action: 'sts:AssumeRole',
            },
          ],
        },
        Policies: [
          {
            PolicyName: 'use',
            PolicyDocument: {
              Statement: [
                {
                  Effect: 'Allow',
                  Action: action,
                  Resource: { Ref: 'Topic' },
                },
              ],
            },
          },
        ],
      },
    },
  });
  const gated = (change: object) => ({
    stackName: `${unique}-gated`,
    identity: JSON.stringify(change),
    template: template(change),
  });

  it('stops before it replaces or removes a stateful resource, or broadens permissions', async () => {
    const first = { ...bucket(`${unique}-one`), ...role('sns:Publish') };
    await deploy(gated(first));
    const wider = gated({
      ...bucket(`${unique}-two`),
      ...role('sns:*'),
    });
    const seen = await preview(wider);
    expect(seen.does).toBe('update');
    expect(
      seen.resources.map(({ logicalId, does }) => [logicalId, does]),
    ).toEqual([
      ['Bucket', expect.stringMatching(/replaced$/)],
      ['Role', 'changed'],
    ]);
    expect(seen.broader).toEqual([
      {
        logicalId: 'Role',
        type: 'AWS::IAM::Role',
        of: 'iam',
        text: 'allows this role: sns:* on ${Topic}',
      },
    ]);
    expect(await changeSets(wider.stackName)).toEqual([]);

    const refused =
      /was not changed\. Bucket .*allowReplacement: true\. Permissions become broader: Role: allows this role: sns:\*.*allowBroaderPermissions: true/;
    await expect(deploy(wider)).rejects.toThrow(refused);
    await expect(
      deploy(wider, { allow: { allowReplacement: true } }),
    ).rejects.toThrow(/allowBroaderPermissions/);
    await expect(deploy(gated(role('sns:Publish')))).rejects.toThrow(
      /Bucket \(AWS::S3::Bucket, .*-one\) would be removed, and its data deleted/,
    );
    expect(await changeSets(wider.stackName)).toEqual([]);

    const done = await deploy(wider, {
      allow: { allowReplacement: true, allowBroaderPermissions: true },
      previewDigest: seen.digest,
    });
    expect(done.status).toBe('UPDATE_COMPLETE');
  });

  it('does not execute a preview after another caller changed the stack', async () => {
    const narrower = gated(role('sns:Subscribe'));
    const { digest: previewDigest } = await preview(narrower);
    await deploy(gated({ ...bucket(`${unique}-two`), ...role('sns:Publish') }));
    const allow = { allowReplacement: true, allowBroaderPermissions: true };
    await expect(deploy(narrower, { allow, previewDigest })).rejects.toThrow(
      /changed since\. Preview again/,
    );
  });

  it("deploys a release to the data lake's stack without a gate, and keeps its data on deletion", async () => {
    const text = await readFile(
      join(
        __dirname,
        '../../skeleton/infra/templates/foundations.template.json',
      ),
      'utf8',
    );
    const foundations = {
      stackName: `${unique}-foundations`,
      template: parseTemplate(text, {
        allowedResourceTypes: defaultAllowedResourceTypes,
        // as a project's deployment lists it
        reach: {
          attachableRoles: ['local-airflow-execution'],
          allowedResources: [
            `arn:aws:ssm:*:parameter/data-lake/${unique}/demo*`,
            `arn:aws:*:*:*${unique}-demo-*`,
            // no subnet is given
            'arn:aws:ec2:*:subnet/',
          ],
          ownTags: ['data-lake:project', 'data-lake:environment'],
        },
      }),
    };
    const tags = {
      'data-lake:entity': 'component:default/a',
      'data-lake:project': unique,
      'data-lake:environment': 'demo',
    };
    const parameters = {
      Project: unique,
      Environment: 'demo',
      Owner: 'group:default/guests',
      Entity: 'component:default/a',
      MwaaEnvironmentName: 'local-airflow',
      MwaaBucketName: 'local-airflow-000000000000-us-east-1',
      MwaaExecutionRoleName: 'local-airflow-execution',
    };
    const { outputs } = await deploy({ ...foundations, tags, parameters });
    const ReleasePrefix = 'releases/0123456789ab/';
    await clients.s3.send(
      new PutObjectCommand({
        Bucket: outputs.CodeBucketName,
        Key: `${ReleasePrefix}statemachine/transform.asl.json`,
        Body: await readFile(
          join(__dirname, '../../skeleton/statemachine/transform.asl.json'),
        ),
      }),
    );
    const released = { ...foundations, tags, parameters: { ReleasePrefix } };
    const seen = await preview(released);
    expect(seen.resources.map(({ logicalId }) => logicalId)).toContain(
      'StartGlueJobFunction',
    );
    expect(seen.broader).toEqual([]);
    expect(seen.resources.filter(({ does }) => /replaced/.test(does))).toEqual(
      [],
    );
    await deploy(released, { previewDigest: seen.digest });

    const { stackName: confirm } = foundations;
    const gone = await deleteStack({
      clients,
      stackName: confirm,
      confirm,
      ownership: toOwnership('component:default/a'),
      log,
    });
    expect(gone.deleted).toBe(true);
    const kept = gone.stays.filter(({ type }) => type === 'AWS::S3::Bucket');
    expect(kept.map(({ logicalId }) => logicalId)).toEqual(
      expect.arrayContaining(['CodeBucket', 'DataBucket']),
    );
    for (const { physicalId } of kept) {
      await clients.s3.send(new HeadBucketCommand({ Bucket: physicalId }));
    }
  });

  it('passes a long template through a bucket, and leaves nothing there', async () => {
    const templateBucket = `${unique}-templates`;
    await clients.s3.send(new CreateBucketCommand({ Bucket: templateBucket }));
    const many = Object.fromEntries(
      Array.from({ length: 120 }, (_, i) => [
        `Topic${i}`,
        {
          Type: 'AWS::SNS::Topic',
          Properties: { DisplayName: 'x'.repeat(400) },
        },
      ]),
    );
    const long = { stackName: `${unique}-long-text`, template: template(many) };
    await expect(deploy(long)).rejects.toThrow(/set templateBucket/);
    const made = await deploy({ ...long, templateBucket });
    expect(made.changes.added).toHaveLength(121);
    const { Contents } = await clients.s3.send(
      new ListObjectsV2Command({ Bucket: templateBucket }),
    );
    expect(Contents ?? []).toEqual([]);
    await expect(
      preview({
        stackName: `${unique}-no`,
        template: long.template,
        templateBucket: `${unique}-no`,
      }),
    ).rejects.toThrow(/There is no bucket/);
  });

  it('previews no changes', async () => {
    const same = gated({ ...bucket(`${unique}-two`), ...role('sns:Publish') });
    const seen = await preview({ ...same, identity: 'other' });
    expect(seen).toMatchObject({ does: 'nothing', resources: [] });
    expect(await changeSets(same.stackName)).toEqual([]);
  });

  it("refuses another entity's stack", async () => {
    const tags = { 'data-lake:entity': 'component:default/b' };
    const ownership = toOwnership('component:default/b');
    await expect(deploy({ tags, ownership })).rejects.toThrow(
      /name is taken.*belongs to component:default\/a/,
    );
  });

  it('names the cause of a failed update, and retries it on request', async () => {
    const failed =
      /UPDATE_ROLLBACK_COMPLETE\. Parameter \(AWS::SSM::Parameter\) UPDATE_FAILED: .*nothing.*console\.aws/;
    await expect(deploy({ template: broken })).rejects.toThrow(failed);
    await expect(deploy({ template: broken })).rejects.toThrow(failed);
    const repaired = await deploy({ identity: 'three' });
    expect(repaired.status).toBe('UPDATE_COMPLETE');
  });

  it('deletes a stack whose first creation failed, and starts again', async () => {
    const name = `${unique}-dead`;
    await expect(deploy({ stackName: name, template: broken })).rejects.toThrow(
      /ROLLBACK_COMPLETE/,
    );
    const made = await deploy({ stackName: name });
    expect(made.status).toBe('CREATE_COMPLETE');
    expect(log).toHaveBeenCalledWith(
      expect.stringContaining('Deleting it first'),
    );
  });

  it('reads the cause of a failed early validation, which is in no event', async () => {
    const taken = `${unique}-taken`;
    await clients.s3.send(new CreateBucketCommand({ Bucket: taken }));
    await expect(
      deploy({
        stackName: `${unique}-early`,
        template: template(bucket(taken)),
      }),
    ).rejects.toThrow(/Bucket \(AWS::S3::Bucket\).*already exists/);
  });

  it('leaves nothing behind when cancelled before execution', async () => {
    const name = `${unique}-cancelled`;
    const cancel = new AbortController();
    const work = deploy(
      { stackName: name },
      {
        signal: cancel.signal,
        log: (line: string) => line.startsWith('Creating') && cancel.abort(),
      },
    );
    await expect(work).rejects.toThrow(/abort/i);
    expect(await findStack(clients, name)).toBeUndefined();
  });

  it('shows no value of a NoEcho parameter in a log, an error, an output or a preview', async () => {
    const Secret = 'hunter2-very-secret';
    const secret = (fails: boolean) => ({
      stackName: `${unique}-secret`,
      parameters: { Secret },
      template: parseTemplate(
        JSON.stringify({
          Parameters: { Secret: { Type: 'String', NoEcho: true } },
          Resources: {
            Parameter: {
              Type: 'AWS::SSM::Parameter',
              Properties: {
                Type: 'String',
                Value: fails
                  ? {
                      'Fn::ImportValue': { 'Fn::Sub': 'no-${Secret}' },
                    }
                  : { Ref: 'Secret' },
              },
            },
          },
          Outputs: {
            Secret: { Value: { Ref: 'Secret' } },
            Value: { Value: { 'Fn::GetAtt': ['Parameter', 'Value'] } },
          },
        }),
        {
          allowedResourceTypes: defaultAllowedResourceTypes,
          reach: { allowedImports: ['no-*'] },
        },
      ),
    });
    const seen = await preview(secret(false));
    const made = await deploy(secret(false));
    expect(made.outputs).toEqual({ Secret: '****', Value: '****' });
    const failed = await deploy(secret(true)).catch(error => error);
    expect(failed.message).toMatch(/Parameter .*\*\*\*\*/);
    const all = [seen, made, log.mock.calls, failed.message, failed.stack];
    expect(JSON.stringify(all)).not.toContain(Secret);
  });

  it('reports drift after a drift detection', async () => {
    const name = `${unique}-drift`;
    const made = { stackName: name, template: template(parameter('x')) };
    await deploy(made);
    const { cloudformation, ssm } = clients;
    const { StackResourceDetail } = await cloudformation.send(
      new DescribeStackResourceCommand({
        StackName: name,
        LogicalResourceId: 'Parameter',
      }),
    );
    await ssm.send(
      new PutParameterCommand({
        Name: StackResourceDetail!.PhysicalResourceId,
        Value: 'changed by hand',
        Overwrite: true,
      }),
    );
    await cloudformation.send(new DetectStackDriftCommand({ StackName: name }));
    const seen = await preview(made);
    expect(seen.drift).toBe('DRIFTED');
    expect(log).toHaveBeenCalledWith(
      expect.stringContaining(`Stack ${name} has drifted`),
    );
  });

  it('waits for an earlier operation of the same caller, then continues', async () => {
    const name = `${unique}-in-turn`;
    await deploy({ stackName: name }, { wait: false });
    const updated = await deploy({
      stackName: name,
      template: template(parameter('x')),
    });
    expect(updated.status).toBe('UPDATE_COMPLETE');
  });

  it('checks the template that an allowed macro produces', async () => {
    const looped = (Type: string) =>
      parseTemplate(
        JSON.stringify({
          Transform: 'AWS::LanguageExtensions',
          Resources: {
            'Fn::ForEach::Topics': [
              'Name',
              ['One', 'Two'],
              { 'Topic${Name}': { Type } },
            ],
          },
        }),
        {
          allowedResourceTypes: defaultAllowedResourceTypes,
          allowedMacros: ['AWS::LanguageExtensions'],
        },
      );
    const name = `${unique}-macro`;
    const made = await deploy({
      stackName: name,
      template: looped('AWS::SNS::Topic'),
    });
    expect(made.changes.added).toHaveLength(2);
    await expect(
      deploy({
        stackName: `${name}-refused`,
        template: looped('AWS::DynamoDB::Table'),
      }),
    ).rejects.toThrow(/TopicOne has type AWS::DynamoDB::Table/);
    expect(await findStack(clients, `${name}-refused`)).toBeUndefined();
  });

  it('returns without waiting on request', async () => {
    const begun = await deploy(
      { stackName: `${unique}-long` },
      { wait: false },
    );
    expect(begun.outputs).toEqual({});
    expect(begun.stackId).toContain(`${unique}-long`);
  });
});

describe('deleteStack', () => {
  const entity = 'component:default/a';
  const stackName = `${unique}-gone`;
  const [goes, stays] = [`${unique}-goes`, `${unique}-stays`];
  const bucket = (BucketName: string, DeletionPolicy: string) => ({
    Type: 'AWS::S3::Bucket',
    DeletionPolicy,
    Properties: {
      BucketName,
      VersioningConfiguration: { Status: 'Enabled' },
    },
  });
  const put = (Bucket: string, Body: string) =>
    clients.s3.send(new PutObjectCommand({ Bucket, Key: 'a/b', Body }));
  const deletion = { clients, stackName, ownership: toOwnership(entity), log };
  const remove = (options: object = {}) =>
    deleteStack({ ...deletion, confirm: stackName, ...options });

  beforeAll(async () => {
    const Resources = {
      Goes: bucket(goes, 'Delete'),
      Stays: bucket(stays, 'Retain'),
      Topic: { Type: 'AWS::SNS::Topic' },
    };
    await deployStack({
      clients,
      log,
      spec: {
        stackName,
        template: parseTemplate(JSON.stringify({ Resources }), {
          allowedResourceTypes: defaultAllowedResourceTypes,
        }),
        parameters: {},
        tags: { 'data-lake:entity': entity },
        ownership: toOwnership(entity),
        identity: 'made',
      },
    });
    await put(goes, 'first');
    await put(goes, 'second version');
  });

  it('plans deleted and retained resources, and deletes nothing', async () => {
    const told = await planStackDeletion(deletion);
    expect(told.does).toBe('delete');
    expect(told.goes.map(({ logicalId }) => logicalId).sort()).toEqual([
      'Goes',
      'Topic',
    ]);
    expect(told.stays).toEqual([
      { logicalId: 'Stays', type: 'AWS::S3::Bucket', physicalId: stays },
    ]);
    expect(describeDeletion(told)).toContain(
      `  ! Bucket ${goes} holds objects`,
    );
    expect(await findStack(clients, stackName)).toBeDefined();
  });

  it('empties only requested buckets with its own tags', async () => {
    await expect(remove()).rejects.toThrow(
      /-goes would be deleted but holds objects.*emptyBuckets: true/,
    );
    const tag = (Value: string) =>
      clients.s3.send(
        new PutBucketTaggingCommand({
          Bucket: goes,
          Tagging: { TagSet: [{ Key: 'data-lake:entity', Value }] },
        }),
      );
    await tag('component:default/other');
    await expect(remove({ emptyBuckets: true })).rejects.toThrow(
      /is component:default\/other, not component:default\/a/,
    );
    await tag(entity);
    const { Versions } = await clients.s3.send(
      new ListObjectVersionsCommand({ Bucket: goes }),
    );
    expect(Versions).toHaveLength(2);
  });

  it('deletes the stack, keeps retained resources, and finds nothing the second time', async () => {
    await put(stays, 'kept');
    // the catalog's reference may differ from the tags in letter case
    const ownership = toOwnership('Component:default/A');
    const done = await remove({ ownership, emptyBuckets: true });
    expect(done).toMatchObject({ status: 'DELETE_COMPLETE', deleted: true });
    expect(log).toHaveBeenCalledWith(
      `Emptied bucket ${goes}: 2 object versions`,
    );
    expect(await findStack(clients, stackName)).toBeUndefined();
    const kept = await clients.s3.send(
      new ListObjectVersionsCommand({ Bucket: stays }),
    );
    expect(kept.Versions).toHaveLength(1);
    expect(await remove()).toMatchObject({
      status: 'NOT_THERE',
      deleted: false,
    });
  });
});

describe('uploadFiles', () => {
  const bucket = `${unique}-files`;
  beforeAll(() => clients.s3.send(new CreateBucketCommand({ Bucket: bucket })));

  const write = async (content: Record<string, string>) => {
    const folder = await mkdtemp(join(tmpdir(), 'upload-'));
    for (const [path, text] of Object.entries(content)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return collectFiles({ source: folder, files: ['**'] });
  };
  const writeBytes = async (name: string, bytes: Buffer) => {
    const folder = await mkdtemp(join(tmpdir(), 'upload-'));
    await writeFile(join(folder, name), bytes);
    return collectFiles({ source: folder, files: ['*'] });
  };
  const upload = (files: any, options: object = {}) =>
    uploadFiles({ clients, bucket, prefix: 'dags/a/', files, log, ...options });

  it('uploads changed files, deletes removed files, and then does nothing', async () => {
    const first = await write({ 'lib/a.py': 'a', 'dag.py': 'd' });
    expect(await upload(first)).toMatchObject({ uploaded: 2, deleted: 0 });

    const second = await write({ 'lib/b.py': 'b', 'dag.py': 'd' });
    expect(await upload(second, { delete: true })).toMatchObject({
      uploaded: 1,
      unchanged: 1,
      deleted: 1,
    });
    expect(await upload(second, { delete: true })).toMatchObject({
      uploaded: 0,
      unchanged: 2,
      deleted: 0,
    });
  });

  it('lets one of two concurrent uploads win, and the other reports it', async () => {
    const files = await write({ 'dag.py': 'both' });
    const prefix = 'dags/two/';
    const results = await Promise.allSettled([
      upload(files, { prefix }),
      upload(files, { prefix }),
    ]);
    const lost = results.filter(({ status }) => status === 'rejected');
    expect(lost.map((r: any) => r.reason.message)).toEqual([
      expect.stringContaining('at the same time. Run this upload again'),
    ]);
    expect(await upload(files, { prefix })).toMatchObject({ uploaded: 0 });
  });

  it('uploads a large file in parts, byte for byte, and recognises it again', async () => {
    const bytes = randomBytes(20 * 1024 * 1024);
    const files = await writeBytes('large.jar', bytes);
    const prefix = 'large/';
    const before = clients.calls.toJSON();
    expect(await upload(files, { prefix })).toMatchObject({ uploaded: 1 });
    const after = clients.calls.toJSON();
    expect(after['s3:UploadPart'] - (before['s3:UploadPart'] ?? 0)).toBe(3);

    const { Body, ContentType } = await clients.s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: 'large/large.jar' }),
    );
    expect(ContentType).toBe('application/java-archive');
    expect(bytes.equals(await Body!.transformToByteArray())).toBe(true);
    expect(await upload(files, { prefix })).toMatchObject({ unchanged: 1 });
  });

  it('leaves no parts behind when cancelled', async () => {
    const bytes = randomBytes(40 * 1024 * 1024);
    const files = await writeBytes('cut.jar', bytes);
    const cancel = new AbortController();
    const partsBefore = clients.calls.toJSON()['s3:UploadPart'];
    const work = upload(files, { prefix: 'cut/', signal: cancel.signal });
    const watch = setInterval(() => {
      if (clients.calls.toJSON()['s3:UploadPart'] > partsBefore) cancel.abort();
    }, 1);
    await expect(work).rejects.toThrow(/abort/i);
    clearInterval(watch);
    const { Uploads } = await clients.s3.send(
      new ListMultipartUploadsCommand({ Bucket: bucket }),
    );
    expect(Uploads ?? []).toEqual([]);
  });

  it('plans an upload without changing anything', async () => {
    const preview = (files: any) =>
      previewUpload({
        clients,
        bucket,
        prefix: 'told/',
        files,
        delete: true,
        log,
      });
    const first = await write({ 'lib/a.py': 'a', 'dag.py': 'd' });
    const told = {
      prefix: 'told/',
      uploads: ['lib/a.py', 'dag.py'],
      deletes: [],
      deletesMany: false,
      unchanged: 0,
      uploadedBefore: 0,
    };
    expect(await preview(first)).toEqual(told);
    expect(await preview(first)).toEqual(told);
    await upload(first, { prefix: 'told/' });
    expect(await preview(await write({ 'dag.py': 'd' }))).toEqual({
      prefix: 'told/',
      uploads: [],
      deletes: ['lib/a.py'],
      deletesMany: false,
      unchanged: 1,
      uploadedBefore: 2,
    });
  });

  it('needs two calls without changes, and keeps the name of each file', async () => {
    const names = [
      'e\u0301.py',
      '\u00e9.py',
      'A #?&=+%.py',
      'a #?&=+%.py',
      '__proto__',
    ];
    const files = await write(
      Object.fromEntries(names.map(n => [`x/${n}`, n])),
    );
    const prefix = 'names/';
    expect(await upload(files, { prefix })).toMatchObject({ uploaded: 5 });
    const before = clients.calls.total;
    expect(await upload(files, { prefix })).toMatchObject({ unchanged: 5 });
    expect(clients.calls.total - before).toBe(2);
    for (const name of names) {
      const { Body } = await clients.s3.send(
        new GetObjectCommand({ Bucket: bucket, Key: `names/x/${name}` }),
      );
      expect(await Body!.transformToString()).toBe(name);
    }
  });

  it("refuses a missing bucket, or another account's", async () => {
    const files = await write({ 'dag.py': 'x' });
    await expect(upload(files, { bucket: `${unique}-no` })).rejects.toThrow(
      /There is no bucket .*-no in account 000000000000/,
    );
    const other = clientsOf(localAwsUrl(), '111111111111');
    await expect(upload(files, { clients: other })).rejects.toThrow(
      /does not belong to account 111111111111/,
    );
  });
});
