import { DatabaseEngine } from '../../lib';
import { refusal } from '../support/refusal';

test.each(['16', '17', '18', '21'])('PostgreSQL %s is taken', (line) => {
  expect(DatabaseEngine.auroraPostgresql(line).line).toBe(line);
});

test.each(['15', '9', '17.9', '', 'seventeen', '017'])('PostgreSQL %j is refused', (line) => {
  expect(() => DatabaseEngine.auroraPostgresql(line)).toThrow(
    refusal(['DatabaseEngineLineInvalid'], `line is ${JSON.stringify(line)}; it must be a major line from 16 on`),
  );
});

test.each(['8.0', '8.4', '9.7'])('MySQL %s is taken', (line) => {
  expect(DatabaseEngine.auroraMysql(line).line).toBe(line);
});

test.each(['5.7', '8', '8.0.39', '8.0.mysql_aurora.3.10.4', ''])('MySQL %j is refused', (line) => {
  expect(() => DatabaseEngine.auroraMysql(line)).toThrow(
    refusal(['DatabaseEngineLineInvalid'], 'a pinned one would undo automatic security updates'),
  );
});
