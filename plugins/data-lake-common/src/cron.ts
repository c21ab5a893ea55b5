/*
 * Cron expressions as Airflow reads them (croniter), as one pattern, so that the form of an editor, the DAG and the
 * command line share it.
 */

const minute = '[0-5]?[0-9]';
const hour = '(?:[01]?[0-9]|2[0-3])';
const dayOfMonth = '(?:0?[1-9]|[12][0-9]|3[01])';
const month = `(?:0?[1-9]|1[0-2]|${toNames(
  'jan feb mar apr may jun jul aug sep oct nov dec',
)})`;
const dayOfWeek = `(?:[0-7]|${toNames('sun mon tue wed thu fri sat')})`;

/** Days that a month never has: such a run would never start. A day of the week beside them would be a second chance. */
const never = [
  ['(?:30|31)', `(?:0?2|${toNames('feb')})`],
  ['31', `(?:0?[2469]|11|${toNames('feb apr jun sep nov')})`],
].map(
  ([day, months]) =>
    `(?!\\S+ \\S+ ${day}(?:[,-]${day}){0,9} ${months}(?:,${months}){0,9} \\*$)`,
);

/** Five fields with one space between, or a preset of Airflow. */
export const cronPattern = `@(?:hourly|daily|weekly|monthly|quarterly|yearly)|${never.join(
  '',
)}${[minute, hour, dayOfMonth, month, dayOfWeek].map(toField).join(' ')}`;

/** `*`, a value, a range, each with a step, or several of them with commas. */
function toField(value: string): string {
  const item = `(?:\\*|${value}(?:-${value})?)(?:/[1-9][0-9]?)?`;
  return `${item}(?:,${item}){0,59}`;
}

/** Names in small or in capital letters. */
function toNames(names: string): string {
  return [names, names.toUpperCase()].join(' ').split(' ').join('|');
}
