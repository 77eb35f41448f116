import { DIALECTS, newDatabase } from '../support/databases.js';

describe.each(DIALECTS)('schema on %s', (dialect) => {
  it('is after migrating exactly what the entities say', async () => {
    const { database, remove } = await newDatabase(dialect);
    try {
      const difference = await database.dataSource.driver.createSchemaBuilder().log();
      expect(difference.upQueries.map((query) => query.query)).toEqual([]);
    } finally {
      await remove();
    }
  });
});
