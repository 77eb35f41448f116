/** Stops the server of start-postgres.js and deletes its files. */
export default async function stopPostgres() {
  await globalThis.testPostgres?.stop();
}
