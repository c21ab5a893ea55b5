/* eslint-disable jest/no-export -- one suite that the tests of both modules run */
import { validate } from 'jsonschema';
import { makeContext, readInput } from './actionContext';

/** One example of one action. */
export interface ExampleCase {
  id: string;
  description: string;
  action: any;
  example: any;
}

/**
 * Describes all actions of a module: their texts, and that each example runs dry, returns what is declared, and shows
 * every input.
 *
 * @returns the examples, for tests of the module's own
 */
export function describeExamples(options: {
  actions: readonly any[];
  workspacePath: string;
  /** Inputs that the examples of another action show; optional, default none. */
  shownElsewhere?: (id: string) => readonly string[];
}): ExampleCase[] {
  const { actions, workspacePath, shownElsewhere = () => [] } = options;
  const cases: ExampleCase[] = actions.flatMap(action =>
    action.examples.map((example: any) => ({
      id: action.id,
      description: example.description,
      action,
      example,
    })),
  );

  describe('every action', () => {
    it.each(cases)(
      '$id runs its example dry, and returns each declared output: $description',
      async ({ id, action, example }) => {
        const input = readInput(example, id) ?? {};
        expect(validate(input, action.schema.input).errors).toEqual([]);
        const ctx = makeContext({ input, workspacePath, isDryRun: true });
        await action.handler(ctx);

        const outputs = Object.fromEntries(ctx.output.mock.calls);
        const declared = Object.keys(action.schema.output.properties);
        expect(Object.keys(outputs).sort()).toEqual(declared.sort());
        expect(validate(outputs, action.schema.output).errors).toEqual([]);
      },
    );

    it('describes itself and each input and output', () => {
      for (const action of actions) {
        expect(action.description).toMatch(/\.$/);
        expect(action.supportsDryRun).toBe(true);
        for (const { properties } of Object.values<any>(action.schema)) {
          for (const [name, property] of Object.entries<any>(properties)) {
            expect([name, property.description]).toEqual([
              name,
              expect.any(String),
            ]);
          }
        }
      }
    });

    it('shows each declared input in an example', () => {
      for (const { id, schema, examples } of actions) {
        const shown = examples.flatMap((example: any) =>
          Object.keys(readInput(example, id) ?? {}),
        );
        const declared = Object.keys(schema.input.properties);
        const missing = declared.filter(
          name => ![...shown, ...shownElsewhere(id)].includes(name),
        );
        expect([id, missing]).toEqual([id, []]);
      }
    });

    it('checks the caller before it calls AWS', async () => {
      const account = '111111111111';
      for (const { action, id, example } of cases) {
        const input = readInput(example, id) ?? {};
        if (!('account' in input)) continue;
        const ctx = makeContext({
          input: { ...input, account },
          workspacePath,
        });
        await expect(action.handler(ctx)).rejects.toThrow(
          /Account 111111111111 is not allowed/,
        );
      }
    });
  });
  return cases;
}
