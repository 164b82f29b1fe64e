import { createConnection } from 'mysql2/promise';
import { generatedOrders } from './generated-shop';
import { type MariadbServer, MASTER } from './mariadb';

const TABLES = `
  CREATE TABLE orders (
    id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, customer_id int NOT NULL, email varchar(320) NOT NULL,
    given varchar(100), family varchar(100), phone varchar(40), street varchar(200), note text, total decimal(12,2) NOT NULL,
    weight float, weight_exactly double, paid bit(1) NOT NULL, placed_at timestamp NULL, token varbinary(16), photo mediumblob,
    KEY email (email(20)), total_with_tax decimal(14,2) GENERATED ALWAYS AS (total * 1.12) STORED
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
  CREATE TABLE options (name varchar(191) NOT NULL PRIMARY KEY, value longtext) ENGINE=MyISAM DEFAULT CHARSET=utf8mb4
    COMMENT='ENGINE=MyISAM; DROP TABLE orders';
  CREATE TABLE posts (ID bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, post_date datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
    title text CHARACTER SET latin1, rate bit(10)) ENGINE=InnoDB;
  CREATE TABLE \`a\`\`b; DROP TABLE orders; -- c\` (\`select\` int, KEY (\`select\`)) ENGINE=InnoDB;
  CREATE TABLE \`empty\` (id int PRIMARY KEY);
  INSERT INTO options VALUES ('siteurl', 'https://shop.example'), ('blob', 'a:1:{s:3:"x\\\\y";s:2:"''";}'), ('nothing', NULL), ('', '');
  INSERT INTO posts VALUES (7, '0000-00-00 00:00:00', 'Café', b'1000000001'), (0, '2020-02-29 23:59:59', '', NULL);
  INSERT INTO \`a\`\`b; DROP TABLE orders; -- c\` VALUES (1), (1), (NULL);
`;

/** Fills a database of the server with a generated shop. */
export async function fillMysqlShop({ port }: MariadbServer, database: string, count: number): Promise<void> {
  const connection = await createConnection({
    host: '127.0.0.1',
    port,
    user: MASTER.username,
    password: MASTER.password,
    ssl: { rejectUnauthorized: false },
    multipleStatements: true,
    charset: 'utf8mb4',
  });
  try {
    await connection.query(
      `CREATE DATABASE ${database}; USE ${database}; SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO', time_zone = '+08:00'`,
    );
    await connection.query(TABLES);
    let rows: unknown[][] = [];
    const insert = async (): Promise<void> => {
      await connection.query(
        'INSERT INTO orders (customer_id, email, given, family, phone, street, note, total, weight, weight_exactly, paid, placed_at, token, photo) VALUES ?',
        [rows],
      );
      rows = [];
    };
    for (const order of generatedOrders(count)) {
      const { customer, email, given, family, phone, street, note, total, weight, paid, placed, token } = order;
      const at = new Date((placed + 8 * 3600) * 1000).toISOString().slice(0, 19).replace('T', ' ');
      const photo = Buffer.concat([token, Buffer.from([0, 0x27, 0x5c, 0x0a, 0xff])]);
      rows.push([
        customer,
        email,
        given,
        family,
        phone,
        street,
        note,
        total,
        weight,
        weight / 3,
        paid ? 1 : 0,
        at,
        token,
        photo,
      ]);
      if (rows.length === 2_000) {
        await insert();
      }
    }
    if (rows.length > 0) {
      await insert();
    }
  } finally {
    await connection.end();
  }
}
