import AxeBuilder from '@axe-core/playwright';
import { expect, Page, test } from '@playwright/test';
import fs from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import git from 'isomorphic-git';

/** A limit for the duration of a task, a run or a preview, long enough for a busy machine. */
const slow = 5 * 60_000;

/**
 * The main job of a user in the browser: form, task, entity, run, on the local AWS with a real Airflow and real
 * Spark.
 */
test('a data lake is made, deployed and run from the browser', async ({
  page,
}, { retry }) => {
  const problems = watch(page);
  const project = retry === 0 ? 'e2e-lake' : `e2e-lake-${retry}`;

  await test.step('sign in as guest', async () => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Enter' }).click();
    await expect(page.getByRole('link', { name: 'Create' })).toBeVisible();
  });

  await test.step('pick the template', async () => {
    await page.goto('/create');
    await expect(page.getByText('MWAA data lake').first()).toBeVisible();
    await page.goto('/create/templates/default/mwaa-data-lake');
  });

  await test.step('wrong input is refused at the field, with the rule', async () => {
    await page.getByLabel('Project name').fill('No_Good');
    await page.getByLabel('Description').fill('Marts of films');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByText(/not ending in a dash/).first()).toBeVisible();
    await page.getByLabel('Project name').fill('backstage-data-lake');
    await page.getByLabel('Project name').fill(project);
    await page.getByRole('button', { name: 'Next' }).click();
  });

  await test.step('choose where it lives', async () => {
    await choose(page, 'AWS account', /local/);
    await choose(page, 'AWS region', /us-east-1/);
    await choose(page, 'MWAA environment', /local-airflow/);
    // The account of another team is not offered
    await expect(page.getByText('finance-local')).toHaveCount(0);
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByText('Lake Formation grants').first()).toBeVisible();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Review' }).click();
    await expect(page.getByText(project).first()).toBeVisible();
  });

  await test.step('the task makes, deploys and uploads', async () => {
    await page.getByRole('button', { name: 'Create' }).click();
    await expect(page.getByRole('link', { name: 'Pipeline' })).toBeVisible({
      timeout: slow,
    });
    await page.getByRole('link', { name: 'Pipeline' }).click();
  });

  await test.step('the Pipeline tab shows what was made', async () => {
    await expect(page).toHaveURL(/\/pipeline/);
    for (const name of [
      `${project}-demo-foundations`,
      'local-airflow',
      `${project}-demo-transform`,
      `${project}-demo-curated`,
    ]) {
      await expect(page.getByText(name).first()).toBeVisible({
        timeout: slow,
      });
    }
    expect(await violations(page)).toEqual([]);
  });

  await test.step('Run starts it, after a confirmation', async () => {
    const run = page.getByRole('button', { name: 'Run…', exact: true });
    await expect(run).toBeEnabled({ timeout: slow });
    await run.click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText(`${project}-demo`);
    await dialog.getByRole('button', { name: /^Run/ }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('the page follows to the end without a reload', async () => {
    await page.evaluate(() => {
      (window as any).notReloaded = true;
    });
    await expect(page.getByRole('heading', { name: /^Healthy/ })).toBeVisible({
      timeout: 3 * slow,
    });
    expect(await page.evaluate(() => (window as any).notReloaded)).toBe(true);
    for (const table of ['most_popular_movies', 'top_rated_movies']) {
      await expect(page.getByText(table).first()).toBeVisible();
    }
    for (const step of ['preprocess_ratings', 'CheckGlueJob']) {
      await expect(page.getByText(step).first()).toBeVisible();
    }
  });

  await test.step('light and dark, narrow and wide, have no violation', async () => {
    for (const width of [1280, 390]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        // Another theme renders the app again: wait for it before the checks.
        await expect(
          page.getByRole('heading', { name: /^Healthy/ }),
        ).toBeVisible();
        await expect(page.getByText('CheckGlueJob').first()).toBeVisible();
        await expectNoViolations(page, `pipeline-${colorScheme}-${width}`);
      }
    }
  });

  await page.setViewportSize({ width: 1280, height: 900 });

  await test.step('a preview of what is deployed already says that nothing changes', async () => {
    await openMore(page, 'Deploy…');
    await expect(
      page.getByRole('heading', { name: 'Nothing changes' }),
    ).toBeVisible({ timeout: slow });
    await expectNoViolations(page, 'deploy-nothing-dark');
  });

  await test.step('a commit on main is previewed and deployed', async () => {
    await commitAlertEmail(project, 'team@example.com');
    await page.getByRole('button', { name: 'Preview again' }).click();
    const deploy = page.getByRole('button', { name: /^Deploy \d+ change/ });
    await expect(deploy).toBeVisible({ timeout: slow });
    await expect(page.getByText('SNS::').first()).toBeVisible();
    await expectNoViolations(page, 'deploy-dark');
    for (const tick of await page.getByRole('checkbox').all()) {
      await tick.check({ force: true });
    }
    await deploy.click();
    await expect(page).toHaveURL(/\/create\/tasks\//);
    await followTask(page);
    await openMore(page, 'Deploy…');
    await expect(
      page.getByRole('heading', { name: 'Nothing changes' }),
    ).toBeVisible({ timeout: slow });
    await page.getByRole('button', { name: 'Back to the pipeline' }).click();
  });

  await test.step('a second environment is added to the repository, and deployed', async () => {
    await openMore(page, 'Add an environment…');
    await expect(page).toHaveURL(/data-lake-environment/);
    await page.getByLabel(/^Environment/).fill('prod');
    await choose(page, 'AWS account', /local/);
    await choose(page, 'AWS region', /us-east-1/);
    await choose(page, 'MWAA environment', /local-airflow/);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Create' }).click();
    await followTask(page);
    await expect(page).toHaveURL(/environment=prod/);
    await expect(
      page.getByText(`${project}-prod-foundations`).first(),
    ).toBeVisible({ timeout: slow });
  });

  await test.step('it is torn down by its name, and its data stays', async () => {
    await page.setViewportSize({ width: 390, height: 900 });
    await openMore(page, 'Tear down…');
    const dialog = page.getByRole('dialog');
    const name = dialog.getByLabel(`Type ${project}-prod to confirm`);
    await expect(name).toBeVisible({ timeout: slow });
    await expect(
      dialog.getByRole('region', { name: 'Will stay' }),
    ).toContainText(`${project}-prod-data-000000000000-us-east-1`);
    await expectNoViolations(page, 'tear-down-dark-390', '[role="dialog"]');
    const submit = dialog.getByRole('button', { name: 'Tear down' });
    await name.fill(`${project}-demo`);
    await expect(submit).toBeDisabled();
    await name.fill(`${project}-prod`);
    await submit.click();
    await expect(
      page.getByText(`Stack ${project}-prod-foundations: DELETE_COMPLETE`),
    ).toBeVisible({ timeout: slow });
    await expect(
      page.getByText(`${project}-prod-data-000000000000-us-east-1`).first(),
    ).toBeVisible();
  });

  expect(problems).toEqual([]);
});

/** The menu of rare actions. */
async function openMore(page: Page, item: string) {
  await page.getByRole('button', { name: /^More:/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Waits for the end of the task on the page, then opens the Pipeline tab. */
async function followTask(page: Page) {
  const pipeline = page.getByRole('link', { name: 'Pipeline' });
  await expect(pipeline).toBeVisible({ timeout: slow });
  await pipeline.click();
  await expect(page.getByRole('region', { name: 'Health' })).toBeVisible();
}

/** Changes and commits a file, as a user would do in a clone and push. */
async function commitAlertEmail(project: string, address: string) {
  const dir = join(__dirname, '../../.local/test/repos', project);
  const file = join(dir, 'project.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text.replace(/alertEmail: .*/, `alertEmail: ${address}`),
  );
  await git.add({ fs, dir, filepath: 'project.yaml' });
  await git.commit({
    fs,
    dir,
    message: 'Mail the team',
    author: { name: 'Ada', email: 'ada@localhost' },
  });
}

/** Takes a screenshot of the page as an attachment. */
async function expectNoViolations(page: Page, name: string, within?: string) {
  await page.screenshot({
    path: `../.local/reports/${name}.png`,
    fullPage: true,
  });
  expect(await violations(page, within)).toEqual([]);
}

async function choose(page: Page, label: string, option: RegExp) {
  // An option of another field may have the same words.
  await page.getByLabel(new RegExp(`^${label}`)).click();
  await page.getByRole('option', { name: option }).first().click();
}

/** Lists violations of WCAG 2.2 A and AA in our pages; the surrounding app is Backstage's. */
async function violations(page: Page, within = '[data-testid="pipeline"]') {
  const { violations: found } = await new AxeBuilder({ page })
    .include(within)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(node => node.target.join(' ')).join(', ')}`,
  );
}

/** Collects errors of the page, failed responses of our routes, and calls to other machines. */
function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', error => problems.push(error.message));
  page.on('request', request => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(http|ws)/.test(protocol) && hostname !== '127.0.0.1') {
      problems.push(`left the machine: ${request.url()}`);
    }
  });
  page.on('response', response => {
    if (
      response.url().includes('/api/data-lake/') &&
      response.status() >= 400
    ) {
      problems.push(`${response.status()} ${response.url()}`);
    }
  });
  return problems;
}
