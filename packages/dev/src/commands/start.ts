import { startBackstage, waitForBackstage } from '../backstage.ts';
import { backstageUrl } from '../backstageClient.ts';
import { installDocs } from '../docs.ts';
import { startLocalAws, waitForAll, waitForApi } from '../localAws.ts';
import { fail, sayDone, say, seconds } from '../output.ts';
import { local } from '../paths.ts';
import { checkPorts } from '../ports.ts';
import { buildApp, buildCli, checkMachine, installPackages } from '../setup.ts';
import { logPath, tail, type RunningProcess } from '../processes.ts';

/** Sets up everything and serves Backstage with the local AWS, until Ctrl-C. */
export async function start(): Promise<void> {
  const beginning = Date.now();
  const { aws, backstage } = await startAll();
  sayDone(`Ready in ${seconds(beginning)}`);
  console.error(welcome);
  void waitForAll(aws)
    .then(
      () => sayDone('Spark and Airflow are up: pipelines can run now'),
      error => console.error(error.message),
    )
    .then(installDocs);
  const ended = await Promise.race([
    aws.exited.then(() => aws),
    backstage.exited.then(() => backstage),
  ]);
  fail(
    `${
      ended.name
    } ended by itself, so everything is stopped. Its last lines (all in ${logPath(
      ended.name,
    )}):\n${await tail(ended.name, 10)}`,
  );
}

/** Sets up and starts Backstage and the local AWS. @returns once Backstage can be used; Spark and Airflow may still be starting */
export async function startAll({ state = local } = {}): Promise<{
  aws: RunningProcess;
  backstage: RunningProcess;
}> {
  await checkMachine();
  await checkPorts({
    7007: 'Backstage',
    4566: 'the local AWS (MiniStack)',
    4567: 'the local AWS (moto)',
  });
  await installPackages();
  const aws = startLocalAws(state);
  await buildCli();
  await buildApp();
  say('Starting Backstage');
  const backstage = await startBackstage(state);
  await Promise.all([waitForApi(aws), waitForBackstage(backstage)]);
  return { aws, backstage };
}

const welcome = `
  Backstage      ${backstageUrl}
  Sign in        "Enter" as a guest, a member of Data Engineering
  Try first      Create… → MWAA data lake → Choose; then the new component's Pipeline tab → Run…
                 (the MWAA environment local-airflow is CREATING until Airflow is up)
  Local AWS      http://127.0.0.1:4566, account 000000000000, us-east-1
  Logs, state    .local/ (./dev reset empties it)
  Stop           Ctrl-C
`;
