import { Grant, toGrant } from './grants/grant';
import { findBroaderPermissions } from './findBroaderPermissions';
import { findUncovered, matches } from './findUncovered';

/** Counted in steps: a comparison that would take too long counts as broader. */
describe('the comparison of permissions', () => {
  it('gives up a pattern that goes back and forth', () => {
    const pattern = `*${'a'.repeat(1_000)}b`;
    const text = 'a'.repeat(2_000);
    const steps = { left: 10_000 };
    expect(matches(pattern, text, steps)).toBe(false);
    expect(steps.left).toBe(-1);
  });

  it('gives up many texts, and counts what is left as broader', () => {
    const texts = (letter: string) =>
      Array.from({ length: 300 }, (_, i) => `${letter.repeat(50)}*${i}`);
    const grant = (letter: string): Grant =>
      toGrant({
        who: texts(letter),
        actions: texts('s3:g'),
        on: texts(letter),
      });
    const steps = { left: 1_000_000 };
    expect(
      findUncovered([grant('a')], [grant('b'), grant('c')], steps),
    ).toHaveLength(1);
    expect(steps.left).toBeGreaterThan(-10_000);
    const same = { left: 1_000_000 };
    expect(findUncovered([grant('a')], [grant('a')], same)).toEqual([]);
  });

  it('does not compare a large template with each answer to its questions', () => {
    const names = ['A', 'B', 'C', 'D', 'E', 'F'];
    const content = (action: string) => ({
      Conditions: Object.fromEntries(
        names.map(name => [
          name,
          { 'Fn::Equals': [{ 'Fn::ImportValue': name }, 'x'] },
        ]),
      ),
      Resources: {
        Role: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: {
            Description: 'x'.repeat(500_000),
            PolicyDocument: {
              Statement: names.map(name => ({
                Effect: 'Allow',
                Action: action,
                Resource: { 'Fn::If': [name, 'a', 'b'] },
              })),
            },
          },
        },
      },
    });
    const state = (action: string) => ({
      content: content(action),
      parameters: {},
    });
    expect(findBroaderPermissions(state('s3:Get'), state('s3:Put'))).toEqual([
      expect.objectContaining({
        logicalId: 'Role',
        text: expect.stringMatching(
          /^may grant more: too many of its conditions/,
        ),
      }),
    ]);
  });
});
