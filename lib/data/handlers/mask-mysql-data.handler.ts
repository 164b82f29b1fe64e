import { maskTask } from './masking/mask-task';
import { mysqlSession } from './moving/mysql-session';
import { sessionLogin } from './moving/session-login';

export const handler = maskTask(async () => mysqlSession(await sessionLogin(process.env), {}, true));
