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

  it('refuses to change or delete what was written in an append-only table', async () => {
    const { database, remove } = await newDatabase(dialect);
    try {
      await database.writer.write(({ sql }) =>
        sql.insert({ table: 'idempotency_record', columns: ['scope', 'key', 'body_hash', 'answer', 'recorded_at'] }, [
          ['a', 'b', 'c', 'd', 1],
        ]),
      );
      await expect(
        database.writer.write(({ sql }) => sql.run('update idempotency_record set answer = ?', ['e'])),
      ).rejects.toMatchObject({ message: expect.stringContaining('append-only') as string });
      await expect(database.writer.write(({ sql }) => sql.run('delete from idempotency_record'))).rejects.toMatchObject(
        { message: expect.stringContaining('append-only') as string },
      );
      expect(await database.reader.sql.rows('select answer from idempotency_record')).toEqual([{ answer: 'd' }]);
    } finally {
      await remove();
    }
  });
});
