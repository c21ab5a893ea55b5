/**
 * What was observed of each environment, and its runs for longer than AWS keeps them. Times are ISO
 * 8601 text and documents are JSON text: the same on SQLite and PostgreSQL.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('environments', table => {
    table.string('entity_ref', 255).notNullable();
    table.string('environment', 63).notNullable();
    table
      .text('target')
      .notNullable()
      .comment('Account, region and stacks: another target is another story');
    table.string('observed_at', 24).comment('Newest complete observation');
    table.string('tried_at', 24).comment('Newest end of one, complete or not');
    table
      .string('observing_until', 24)
      .comment('One observation at a time, over all backends');
    table.text('observation').comment('JSON: resources, problems, schedule');
    table.text('failure').comment('JSON: why the newest one was not complete');
    table.primary(['entity_ref', 'environment']);
  });
  await knex.schema.createTable('runs', table => {
    table.string('entity_ref', 255).notNullable();
    table.string('environment', 63).notNullable();
    table.string('run_key', 64).notNullable();
    table.string('began_at', 24).notNullable();
    table.string('state', 16).notNullable();
    table.text('run').notNullable().comment('JSON');
    table.primary(['entity_ref', 'environment', 'run_key']);
    table.index(['entity_ref', 'environment', 'began_at'], 'runs_newest_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('runs');
  await knex.schema.dropTable('environments');
};
