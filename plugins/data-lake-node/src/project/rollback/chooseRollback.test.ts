import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Answers,
  fakeClients,
  sdkError,
} from '../../services/__testUtils__/fakeClients';
import { parseProject } from '../spec/parseProject';
import { chooseRollback } from './chooseRollback';

const project = parseProject(
  readFileSync(join(__dirname, '../../../../../skeleton/project.yaml'), 'utf8'),
);
const choose = (answers: Answers, release?: string) =>
  chooseRollback({ clients: fakeClients(answers).clients, project, release });

/** The history of the SSM parameter, one version a page. */
const history = (...values: string[]): Answers => ({
  GetParameterHistory: ({ Name, NextToken = '0' }) => {
    expect(Name).toBe('/data-lake/movielens/demo/release-prefix');
    const next = Number(NextToken) + 1;
    return {
      Parameters: values.slice(next - 1, next).map(Value => ({ Value })),
      NextToken: next < values.length ? String(next) : undefined,
    };
  },
});

describe('chooseRollback', () => {
  it('chooses the release before the present one, and keeps what it saw', async () => {
    expect(
      await choose(history('releases/1/', 'releases/2/', 'releases/3/')),
    ).toEqual({ from: 'releases/3/', to: 'releases/2/', switches: 3 });
  });

  it('does not count a change of the parameter’s tags as a switch', async () => {
    expect(
      await choose(history('releases/1/', 'releases/2/', 'releases/2/')),
    ).toEqual({ from: 'releases/2/', to: 'releases/1/', switches: 2 });
  });

  it('takes the release that is named', async () => {
    expect(
      await choose(history('releases/1/', 'releases/2/'), 'releases/9/'),
    ).toMatchObject({ to: 'releases/9/' });
  });

  it.each([
    [
      'one release only',
      history('releases/1/'),
      /no release but releases\/1\//,
    ],
    [
      'none',
      {
        GetParameterHistory: () => {
          throw sdkError('ParameterNotFound', 'no such parameter');
        },
      },
      /has run no release yet/,
    ],
  ])('refuses with %s', async (_, answers: Answers, message) => {
    await expect(choose(answers)).rejects.toThrow(message);
  });
});
