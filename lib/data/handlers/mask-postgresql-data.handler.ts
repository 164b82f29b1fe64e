import { maskTask } from './masking/mask-task';
import { postgresqlSession } from './moving/postgresql-session';
import { sessionLogin } from './moving/session-login';

export const handler = maskTask(async () => postgresqlSession(await sessionLogin(process.env)));
