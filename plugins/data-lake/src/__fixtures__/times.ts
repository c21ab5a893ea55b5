/** Durations in milliseconds. */
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Formats a time in milliseconds as ISO 8601. */
export const iso = (time: number) => new Date(time).toISOString();

/** The address that all console links of the fixtures start with. */
export const consoleUrl = 'https://eu-central-1.console.aws.amazon.com';
