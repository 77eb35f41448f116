/** Study time (学时) is counted in whole seconds. Pages show hours and minutes; files and forms bring minutes. */

export const SECONDS_PER_MINUTE = 60;

/** Seconds as `1 小时 30 分`; seconds below a minute are shown only when there is nothing else or they matter to the sum. */
export function formatStudyTime(durationSeconds: number): string {
  const hours = Math.floor(durationSeconds / 3600);
  const minutes = Math.floor((durationSeconds % 3600) / 60);
  const seconds = durationSeconds % 60;
  const parts = [hours && `${hours} 小时`, minutes && `${minutes} 分`, seconds && `${seconds} 秒`].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : '0 分';
}

/**
 * The rate of an account in which study time gathers until it fills a step, by its name (`time/486s`, `time/43200s-50`);
 * null for every other account.
 */
export function rateOfBucket(bucket: string): { secondsPerQuantum: number; quantumCenti: number } | null {
  const [, seconds, centi = '1'] = /^time\/(\d+)s(?:-(\d+))?$/.exec(bucket) ?? [];
  return seconds === undefined ? null : { secondsPerQuantum: Number(seconds), quantumCenti: Number(centi) };
}

/**
 * True for an account whose study time becomes no credit any more: what a tariff by session, by visit or by passed
 * course left over (`time/hourly`). It was attended and stays on record; nothing of it waits.
 */
export function isKeptTime(bucket: string): boolean {
  return bucket.startsWith('time/') && rateOfBucket(bucket) === null;
}
