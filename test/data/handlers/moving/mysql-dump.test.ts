import { type Part, type Said } from '../../../../lib/data/handlers/moving/dump-form';
import { DumpText } from '../../../../lib/data/handlers/moving/dump-text';
import { mysqlDump } from '../../../../lib/data/handlers/moving/mysql-dump';

const HEAD = `/*M!999999\\- enable the sandbox mode */ 
-- MariaDB dump 10.19  Distrib 10.11.19-MariaDB
--
-- Host: 127.0.0.1    Database: former_shop

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*M!100616 SET @OLD_NOTE_VERBOSITY=@@NOTE_VERBOSITY, NOTE_VERBOSITY=0 */;
DROP TABLE IF EXISTS \`orders\`;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE \`orders\` (
  \`id\` bigint(20) NOT NULL,
  \`note\` text DEFAULT NULL COMMENT 'ENGINE=MyISAM; SELECT'
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb4;
`;
const ROWS = `LOCK TABLES \`orders\` WRITE;
/*!40000 ALTER TABLE \`orders\` DISABLE KEYS */;
INSERT INTO \`orders\` VALUES
(1,'it''s \\'new\\n\\0\\\\ \\"x\\"; ü'),
(-2.50,NULL),(0x00FF,_binary 'a\\0'),(b'1',''),(1e-7,'),(');
/*!40000 ALTER TABLE \`orders\` ENABLE KEYS */;
UNLOCK TABLES;
`;
const TAIL = `/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;

-- Dump completed on 2026-11-23  1:02:03
`;

async function partsOf(dump: string, chunk = 4096): Promise<Part['what'][]> {
  const bytes = Buffer.from(dump).toString('latin1');
  const text = new DumpText((start) => Promise.resolve(bytes.slice(start, start + chunk)), 0);
  await mysqlDump.check(text);
  const parts: Part['what'][] = [];
  let said: Said = { inUtc: false };
  for (;;) {
    const part = await mysqlDump.next(text, said);
    if (part.what.kind === 'end') {
      return parts;
    }
    parts.push(part.what);
    said = part.said;
  }
}

const between = (statement: string): Promise<Part['what'][]> => partsOf(`${HEAD}${statement}\n${ROWS}${TAIL}`);

test('gives the values of rows as they were before they were escaped', async () => {
  const rows = (await between('')).find(({ kind }) => kind === 'rows');
  expect(rows).toMatchObject({
    block: { schema: '', table: 'orders' },
    rows: [
      ['1', `it's 'new\n\0\\ "x"; ${Buffer.from('ü').toString('latin1')}`],
      ['-2.50', null],
      ['\0ÿ', 'a\0'],
      ['\x01', ''],
      ['1e-7', '),('],
    ],
  });
});

test('reads the same in chunks of any size', async () => {
  const dump = HEAD + ROWS + TAIL;
  const whole = await partsOf(dump, dump.length);
  for (const chunk of [1, 3, 7, 64, 300]) {
    expect(await partsOf(dump, chunk)).toEqual(whole);
  }
});

test('creates tables, with an engine that has transactions, and leaves the rest out', async () => {
  const statements = (await between('')).filter(({ kind }) => kind === 'statement');
  expect(statements.filter((part) => part.kind === 'statement' && part.runs)).toEqual([
    {
      kind: 'statement',
      what: 'CREATE TABLE',
      runs: true,
      creates: { schema: '', table: 'orders' },
      text: HEAD.slice(HEAD.indexOf('CREATE TABLE'), -2).replace('ENGINE=MyISAM DEFAULT', 'ENGINE=InnoDB DEFAULT'),
    },
  ]);
});

test('keeps a hostile name as it is', async () => {
  const parts = await between('CREATE TABLE `a``b; DROP TABLE orders; -- c` (\n `select` int\n);');
  expect(parts).toContainEqual(
    expect.objectContaining({ creates: { schema: '', table: 'a`b; DROP TABLE orders; -- c' } }),
  );
});

test.each([
  ['a user', `CREATE USER mallory@'%' IDENTIFIED BY 'x';`],
  ['a privilege', `GRANT ALL ON *.* TO mallory;`],
  ['a file of rows', `LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE orders;`],
  ['a copy out', `SELECT 1 INTO OUTFILE '/tmp/x';`],
  ['another database', 'USE mysql;'],
  ['a new database', '/*!40000 CREATE DATABASE `x` */;'],
  ['a deletion', 'DROP TABLE orders;'],
  ['rows of another database', 'INSERT INTO `mysql`.`user` VALUES (1);'],
  ['rows from a query', 'INSERT INTO `orders` SELECT * FROM `other`;'],
  ['rows that replace others', 'REPLACE INTO `orders` VALUES (1);'],
  ['a table from a query', 'CREATE TABLE `x` (`a` int) SELECT 1 AS a;'],
  ['a table elsewhere', `CREATE TABLE \`x\` (\`a\` int) DATA DIRECTORY='/tmp';`],
  ['a table of another server', `CREATE TABLE \`x\` (\`a\` int) CONNECTION='mysql://x/y';`],
  [
    'a view of another user',
    '/*!50001 CREATE ALGORITHM=UNDEFINED */\n/*!50013 DEFINER=`root`@`%` */\n/*!50001 VIEW `v` AS SELECT 1 */;',
  ],
  [
    'a trigger',
    'DELIMITER ;;\n/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`%`*/ /*!50003 TRIGGER t BEFORE INSERT ON orders FOR EACH ROW SET @a = 1 */;;\n',
  ],
  ['a setting of the server behind a comment', '/* x */ INSTALL PLUGIN x SONAME "y";'],
])('refuses %s', async (_, statement) => {
  await expect(between(statement)).rejects.toMatchObject({ name: 'StatementRefused' });
});

test.each(['(1,(SELECT user()))', '(1,user())', '(1,@@version)', '(1,2) ON DUPLICATE KEY UPDATE id = 3', '(1,2'])(
  'refuses a row that holds something else than values: %s',
  async (row) => {
    const dump = `${HEAD}INSERT INTO \`orders\` VALUES ${row};\n${' '.repeat(200)}\n${TAIL}`;
    await expect(partsOf(dump)).rejects.toMatchObject({ name: 'DumpDamaged' });
  },
);

test.each([
  ['times of another zone', 'DumpWithoutUtc', HEAD.replace("'+00:00'", "'+08:00'")],
  ['times of no zone', 'DumpWithoutUtc', HEAD.replace(/^.*TIME_ZONE='.*$/m, '')],
  ['another character set', 'DumpNotUtf8', HEAD.replace('NAMES utf8mb4', 'NAMES latin1')],
  ['another tool', 'DumpFormUnknown', HEAD.replace('-- MariaDB dump', '-- phpMyAdmin SQL Dump')],
])('refuses a dump with %s', async (_, name, head) => {
  await expect(partsOf(head + ROWS + TAIL)).rejects.toMatchObject({ name });
});

test('refuses a dump that ends early, wherever that is', async () => {
  const dump = HEAD + ROWS + TAIL;
  const complete = dump.indexOf('Dump completed');
  for (let length = 100; length < complete; length += 31) {
    await expect(partsOf(dump.slice(0, length))).rejects.toMatchObject({ name: 'DumpDamaged' });
  }
});
