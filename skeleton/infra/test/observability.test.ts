import assert from 'node:assert/strict';
import { test } from 'node:test';
import { committed, resourcesOf } from './committed.ts';

const { observability, foundations } = committed;
const alarms = resourcesOf('AWS::CloudWatch::Alarm', observability);
const rules = resourcesOf('AWS::Events::Rule', observability);
const topic = {
  'Fn::Sub': 'arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:${Project}-${Environment}-alerts',
};

/** Names, as Fn::Sub text, of what the foundations stack makes of a type. */
const namesIn = (type: string, key: string) =>
  resourcesOf(type, foundations).map(([, { Properties }]) => Properties[key]['Fn::Sub'] as string);

test('no alarm mails again what the rule of the foundations stack mails', () => {
  const silent = alarms.filter(([, alarm]) => !alarm.Properties.AlarmActions).map(([id]) => id);
  assert.deepEqual(silent.sort(), ['BadEnds', 'ExecutionsFailed', 'ExecutionsTimedOut']);
  for (const [id, { Properties }] of alarms) {
    const mailedBy = /The rule ([a-z-]+) sends the mail\./.exec(Properties.AlarmDescription)?.[1];
    if (silent.includes(id))
      assert.ok(namesIn('AWS::Events::Rule', 'Name').includes(`\${Project}-\${Environment}-${mailedBy}`), id);
    else assert.deepEqual(Properties.AlarmActions, [topic], id);
  }
  assert.ok(namesIn('AWS::SNS::Topic', 'TopicName').includes('${Project}-${Environment}-alerts'));
});

test('every alarm watches an existing resource', () => {
  const there: Record<string, string[]> = {
    FunctionName: namesIn('AWS::Lambda::Function', 'FunctionName'),
    RuleName: namesIn('AWS::Events::Rule', 'Name'),
    TopicName: namesIn('AWS::SNS::Topic', 'TopicName'),
    StateMachineArn: namesIn('AWS::StepFunctions::StateMachine', 'StateMachineName').map(
      (name) => `arn:\${AWS::Partition}:states:\${AWS::Region}:\${AWS::AccountId}:stateMachine:${name}`,
    ),
  };
  for (const [id, { Properties }] of alarms) {
    const [{ Name, Value }] = Properties.Dimensions;
    if (Name === 'QueueName') assert.deepEqual(Value, { 'Fn::GetAtt': ['DeadEventQueue', 'QueueName'] });
    else assert.ok(there[Name]?.includes(Value['Fn::Sub']), `${id}: ${Name} ${JSON.stringify(Value)}`);
  }
});

test('every Lambda has an alarm', () => {
  const watched = alarms.flatMap(([, { Properties }]) =>
    Properties.Dimensions.filter((each: any) => each.Name === 'FunctionName').map((each: any) => each.Value),
  );
  assert.deepEqual(
    watched.map((value) => value['Fn::Sub']).sort(),
    namesIn('AWS::Lambda::Function', 'FunctionName').sort(),
  );
});

test('missing data means late, and only for scheduled runs', () => {
  const late = observability.Resources.RunsLate!;
  assert.equal(late.Condition, 'IsScheduled');
  assert.equal(late.Properties.TreatMissingData, 'breaching');
  assert.deepEqual(late.Properties.EvaluationPeriods, { Ref: 'FreshnessHours' });
  for (const [id, { Properties, Condition }] of alarms) {
    if (id === 'RunsLate') continue;
    assert.equal(Condition, undefined, id);
    assert.equal(Properties.TreatMissingData, 'notBreaching', id);
  }
});

test("a rule accepts only this environment's events, and loses none", () => {
  assert.equal(rules.length, 6);
  for (const [id, { Properties }] of rules) {
    const detail = Object.values(Properties.EventPattern.detail);
    assert.equal(detail.length, 1, id);
    for (const [value] of detail as any[])
      assert.match(JSON.stringify(value), /\$\{Project\}-\$\{Environment\}-/, id);
    for (const target of Properties.Targets) {
      assert.deepEqual(target.Arn, { 'Fn::GetAtt': ['RunEventQueue', 'Arn'] }, id);
      assert.deepEqual(target.DeadLetterConfig, { Arn: { 'Fn::GetAtt': ['DeadEventQueue', 'Arn'] } }, id);
    }
    // What lets the rule write to the queues.
    assert.match(Properties.Name['Fn::Sub'], /^\$\{Project\}-\$\{Environment\}-[a-z]+-events$/, id);
  }
});

test("queues are encrypted with the lake's key, require TLS, and accept only these rules", () => {
  const queues = resourcesOf('AWS::SQS::Queue', observability);
  assert.equal(queues.length, 2);
  const alias = foundations.Resources.KeyAlias!.Properties.AliasName;
  for (const [id, { Properties }] of queues) {
    assert.deepEqual(Properties.KmsMasterKeyId, alias, id);
    const [writes, refuses] = observability.Resources[`${id}Policy`]!.Properties.PolicyDocument.Statement;
    assert.equal(writes.Principal.Service, 'events.amazonaws.com');
    assert.match(
      writes.Condition.ArnLike['aws:SourceArn']['Fn::Sub'],
      /rule\/\$\{Project\}-\$\{Environment\}-\*-events$/,
    );
    assert.equal(refuses.Effect, 'Deny');
    assert.equal(refuses.Condition.Bool['aws:SecureTransport'], 'false');
  }
});

for (const late of ['', ',"arn:late"']) {
  test(`the dashboard is JSON that shows every alarm, ${late ? 'scheduled' : 'started by hand'}`, () => {
    const [text, { RunsLateAlarm }] = observability.Resources.Dashboard!.Properties.DashboardBody['Fn::Sub'];
    const { widgets } = JSON.parse(text.replace('${RunsLateAlarm}', late));
    assert.equal(RunsLateAlarm['Fn::If'][0], 'IsScheduled');
    const shown = widgets[0].properties.alarms.map((arn: string) => arn.split(':alarm:')[1]);
    const named = alarms
      .filter(([id]) => id !== 'RunsLate')
      .map(([, { Properties }]) => Properties.AlarmName['Fn::Sub']);
    assert.deepEqual(shown.filter(Boolean).sort(), named.sort());
    assert.equal(shown.length, named.length + (late ? 1 : 0));
    for (const { x, width } of widgets) assert.ok(x + width <= 24);
    const rulesShown = [...text.matchAll(/"RuleName","([^"]+)"/g)].map(([, name]) => name);
    const rulesThere = namesIn('AWS::Events::Rule', 'Name');
    assert.ok(rulesShown.length > 0);
    for (const name of rulesShown) assert.ok(rulesThere.includes(name), name);
  });
}
