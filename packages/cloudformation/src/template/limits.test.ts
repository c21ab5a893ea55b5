import fc from 'fast-check';
import { evaluateTemplate, evaluateWithin } from './evaluateTemplate';
import { findBrokenLimits } from './findBrokenLimits';
import { parseTemplate } from './parseTemplate';
import { sizeOf, toSteps } from './steps';
import { listReferences } from './subReferences';

const rules = { allowedResourceTypes: ['AWS::SNS::Topic'] };
const topic = { Type: 'AWS::SNS::Topic' };
const parse = (template: object) =>
  parseTemplate(
    JSON.stringify({ Resources: { Topic: topic }, ...template }),
    rules,
  );
const many = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`N${i}`, value]));
const equals = { 'Fn::Equals': ['a', 'b'] };
const refer = (Condition: string) => ({ Condition });
const chain = (length: number) =>
  Object.fromEntries(
    Array.from({ length }, (_, i) => [
      `C${i}`,
      i === 0 ? equals : refer(`C${i - 1}`),
    ]),
  );

describe('CloudFormation’s limits', () => {
  it.each([
    [
      '501 resources',
      { Resources: many(501, topic) },
      /501 Resources; CloudFormation allows 500/,
    ],
    [
      '201 parameters',
      { Parameters: many(201, { Type: 'String' }) },
      /201 Parameters; CloudFormation allows 200/,
    ],
    [
      '201 mappings',
      { Mappings: many(201, {}) },
      /201 Mappings; CloudFormation allows 200/,
    ],
    [
      '201 outputs',
      { Outputs: many(201, { Value: 'x' }) },
      /201 Outputs; CloudFormation allows 200/,
    ],
    [
      '201 keys in a mapping',
      { Mappings: { M: many(201, {}) } },
      /mapping M has more than 200 keys/,
    ],
    [
      'a name with a dot',
      { Resources: { 'A.B': topic } },
      /"A.B" in Resources is not 1 to 255/,
    ],
    [
      'a name of 256 characters',
      { Parameters: { ['a'.repeat(256)]: { Type: 'String' } } },
      /in Parameters is not 1 to 255/,
    ],
    [
      'no name',
      { Outputs: { '': { Value: 'x' } } },
      /"" in Outputs is not 1 to 255/,
    ],
    [
      'a condition of one or',
      { Conditions: { A: { 'Fn::Or': [equals] } } },
      /A gives Fn::Or 1 values; it takes 2 to 10/,
    ],
    [
      'a condition of eleven ands',
      { Conditions: { A: { 'Fn::And': Array(11).fill(equals) } } },
      /A gives Fn::And 11 values/,
    ],
    [
      'a condition of two nots',
      { Conditions: { A: { 'Fn::Not': [equals, equals] } } },
      /A gives Fn::Not 2 values; it takes 1$/,
    ],
    [
      'three equals inside',
      { Conditions: { A: { 'Fn::Not': [{ 'Fn::Equals': [1, 1, 1] }] } } },
      /A gives Fn::Equals 3 values; it takes 2$/,
    ],
    [
      'conditions in a circle',
      { Conditions: { A: refer('B'), B: { 'Fn::Not': [refer('A')] } } },
      /condition A refers to itself in a circle/,
    ],
    [
      '101 conditions in a row',
      { Conditions: chain(101) },
      /over more than 100 levels/,
    ],
  ])('refuse %s', (_what, template, message) => {
    expect(() => parse(template)).toThrow(message);
  });

  it('allow what CloudFormation allows', () => {
    const template = {
      Resources: many(500, topic),
      Parameters: { ['a'.repeat(255)]: { Type: 'String' } },
      Mappings: { M: many(200, { a: 'b' }) },
      Outputs: many(200, { Value: 'x' }),
      Conditions: { ...chain(100), Or: { 'Fn::Or': Array(10).fill(equals) } },
    };
    expect(parse(template).outputNames).toHaveLength(200);
  });

  it('are found for any conditions', () => {
    const name = fc.constantFrom('A', 'B', 'C', 'D', 'toString');
    const condition = fc.letrec(tie => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.constant(equals),
        name.map(refer),
        fc.record({ 'Fn::Not': fc.array(tie('any'), { maxLength: 2 }) }),
        fc.record({ 'Fn::Or': fc.array(tie('any'), { maxLength: 3 }) }),
      ),
    })).any;
    fc.assert(
      fc.property(fc.dictionary(name, condition), Conditions => {
        const isRound = findBrokenLimits({ Conditions }).some(line =>
          line.includes('circle'),
        );
        const asked: string[] = [];
        const Resources = Object.fromEntries(
          Object.keys(Conditions).map(each => [
            each,
            { ...topic, Condition: each },
          ]),
        );
        const ask = (question: string) => void asked.push(question);
        evaluateTemplate({ Conditions, Resources }, {}, ask);
        const isAsked = asked.some(question =>
          Object.keys(Conditions).includes(JSON.parse(question)[1]),
        );
        // an evaluation asks for a condition that is there only within a circle
        expect(isAsked && !isRound).toBe(false);
      }),
    );
  });
});

/** Counted in steps, not in seconds: what reads a foreign text reads each character a few times. */
describe('the evaluation of a template', () => {
  const count = (content: unknown, parameters = {}) => {
    const steps = toSteps();
    evaluateWithin(steps, { content, parameters }, () => undefined);
    return toSteps().left - steps.left;
  };

  it('evaluates each condition once', () => {
    const nested = (n: number) => ({
      Conditions: Object.fromEntries(
        Array.from({ length: n }, (_, i) => [
          `C${i}`,
          i === 0
            ? equals
            : { 'Fn::Or': [refer(`C${i - 1}`), refer(`C${i - 1}`)] },
        ]),
      ),
      Resources: { T: { ...topic, Condition: `C${n - 1}` } },
    });
    expect(count(nested(90))).toBeLessThan(1_000);
    // a deployed template may have more, which only CloudFormation decides
    expect(count(nested(20_000))).toBeLessThan(1_000);
  });

  it('reads the text of Fn::Sub once', () => {
    for (const text of [
      '${'.repeat(20_000),
      '${a'.repeat(20_000),
      '${!'.repeat(20_000),
      '$'.repeat(20_000),
    ]) {
      const Properties = { A: { 'Fn::Sub': text } };
      expect(
        count({ Resources: { T: { ...topic, Properties } } }),
      ).toBeLessThan(3 * text.length);
      expect(listReferences(text)).toEqual([]);
    }
    // a name ends at the next brace: it is not looked for from each ${ to the end
    expect(listReferences('${a${b}${c{d}')).toEqual(['b']);
    expect(listReferences('${a} ${ b.C } ${!d} ${AWS::Region}')).toEqual([
      'a',
      ' b.C ',
      'AWS::Region',
    ]);
  });

  const big = 'x'.repeat(100_000);
  const uses = (one: unknown) => ({
    Mappings: { M: { a: { b: big, c: Array(1_000).fill('y'.repeat(100)) } } },
    Parameters: { P: { Type: 'String' }, L: { Type: 'CommaDelimitedList' } },
    Conditions: { C: { 'Fn::Equals': [one, 'x'] } },
    Resources: { T: { ...topic, Properties: { A: Array(200).fill(one) } } },
  });
  it.each([
    ['a mapping', { 'Fn::FindInMap': ['M', 'a', 'b'] }],
    ['a list of a mapping', { 'Fn::FindInMap': ['M', 'a', 'c'] }],
    ['a parameter', { Ref: 'P' }],
    ['a list', { Ref: 'L' }],
    ['a parameter in a text', { 'Fn::Sub': '${P}' }],
    ['a value of a text', { 'Fn::Sub': ['${v}${v}', { v: { Ref: 'P' } }] }],
    ['a joined text', { 'Fn::Join': ['', [{ Ref: 'P' }]] }],
    ['a text that is split', { 'Fn::Split': ['x', { Ref: 'P' }] }],
    ['a chosen part', { 'Fn::Select': ['0', [{ Ref: 'P' }]] }],
    ['both branches', { 'Fn::If': ['Unknown', { Ref: 'P' }, 'x'] }],
  ])('refuses to make a large text of %s again and again', (_what, one) => {
    const parameters = { P: big, L: Array(50_000).fill('y').join(',') };
    expect(() => count(uses(one), parameters)).toThrow(
      /becomes too large when its functions are evaluated/,
    );
  });

  it('makes nothing larger than the steps that it counts, or is refused', () => {
    const name = fc.constantFrom('A', 'B', 'C', 'M', 'k');
    const value = fc.letrec(tie => {
      const list = fc.array(tie('any'), { maxLength: 4 });
      const of = (key: string, argument: fc.Arbitrary<unknown>) =>
        argument.map(a => ({ [key]: a }));
      return {
        any: fc.oneof(
          { maxDepth: 4 },
          name,
          fc.constantFrom(
            '${A}',
            '${A}${A}${B}',
            '${',
            '${!A}',
            'x'.repeat(500),
          ),
          of('Ref', name),
          of('Condition', name),
          of(
            'Fn::Sub',
            fc.oneof(
              fc.constantFrom('${A}${B}', '${A}'.repeat(50)),
              fc.tuple(
                fc.constant('${v}'.repeat(20)),
                fc.record({ v: tie('any') }),
              ),
            ),
          ),
          of('Fn::Join', fc.tuple(fc.constantFrom('', ','), list)),
          of('Fn::Split', fc.tuple(fc.constantFrom('x', ','), tie('any'))),
          of('Fn::Select', fc.tuple(fc.constantFrom('0', 1), list)),
          of('Fn::If', fc.tuple(name, tie('any'), tie('any'))),
          of('Fn::FindInMap', fc.tuple(fc.constant('M'), name, name)),
          of('Fn::Equals', fc.tuple(tie('any'), tie('any'))),
          of('Fn::Or', list),
          of('Fn::Not', list),
          list,
          fc.dictionary(name, tie('any'), { maxKeys: 4 }),
        ),
      };
    }).any;
    const template = fc.record({
      Mappings: fc.record({
        M: fc.dictionary(name, fc.dictionary(name, value)),
      }),
      Conditions: fc.dictionary(name, value),
      Resources: fc.dictionary(
        name,
        fc.record({ Type: name, Condition: name, Properties: value }),
      ),
    });
    fc.assert(
      fc.property(template, content => {
        const parameters = { A: 'a'.repeat(2_000), B: 'b' };
        const steps = toSteps(100_000);
        const given = { content, parameters };
        const evaluated = orRefused(() =>
          evaluateWithin(steps, given, () => undefined),
        );
        expect(evaluated === 'refused').toBe(steps.left < 0);
        const made = evaluated === 'refused' ? [] : [...evaluated.values()];
        // names of types, keys and functions are counted with what they hold
        const used = 100_000 - steps.left + JSON.stringify(content).length;
        expect(sizeOf(made, Infinity)).toBeLessThanOrEqual(3 * used + 100);
      }),
      { numRuns: 2_000 },
    );
  });
});

function orRefused<T>(evaluate: () => T): T | 'refused' {
  try {
    return evaluate();
  } catch (error) {
    if ((error as Error).name === 'InputError') return 'refused';
    throw error;
  }
}
