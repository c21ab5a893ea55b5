import { execFileSync } from 'node:child_process';
import { startAll } from '../commands/start.ts';
import { findHealth, waitForAll } from '../localAws.ts';
import { stopProcess } from '../processes.ts';

/** Measures seconds and memory of a warm start: until Backstage can be used, and until pipelines can run. */
export async function benchStart() {
  const start = Date.now();
  const { aws, backstage } = await startAll();
  const usable = (Date.now() - start) / 1000;
  await waitForAll(aws);
  const runnable = (Date.now() - start) / 1000;
  const components = Object.keys((await findHealth())?.components ?? {});
  const mebibytes = {
    backstage: memory(backstage.child.pid!),
    localAws: memory(aws.child.pid!),
  };
  console.log(`until                seconds
Backstage is usable  ${usable.toFixed(1)}
pipelines can run    ${runnable.toFixed(1)}

process group        MiB
Backstage            ${mebibytes.backstage}
local AWS            ${mebibytes.localAws}   (${components.join(', ')})
`);
  await Promise.all([stopProcess(backstage), stopProcess(aws)]);
  console.log(
    JSON.stringify({
      seconds: {
        usable: Number(usable.toFixed(1)),
        runnable: Number(runnable.toFixed(1)),
      },
      mebibytes,
      ratio: Number((runnable / usable).toFixed(2)),
    }),
  );
}

/** Adds up the resident memory of a process and its children, in MiB; shared pages count for each. */
function memory(pid: number): number {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    .map(row => row.trim().split(/\s+/).map(Number));
  const below = (parent: number): number =>
    rows
      .filter(([, ppid]) => ppid === parent)
      .reduce((sum, [id, , rss]) => sum + rss + below(id), 0);
  const own = rows.find(([id]) => id === pid)?.[2] ?? 0;
  return Math.round((own + below(pid)) / 1024);
}
