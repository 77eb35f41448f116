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
