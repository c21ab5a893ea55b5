import * as z from 'zod';

/** ISO 8601 date and time with zone. */
export const Timestamp = z.string();
