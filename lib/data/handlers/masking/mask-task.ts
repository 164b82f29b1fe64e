import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { labelOf, tablesOf } from '../moving/catalog';
import type { SqlSession } from '../moving/sql-session';
import { MaskPlan, resolvePlan } from './mask-plan';
import { MaskRegister } from './mask-register';
import { maskRows } from './mask-rows';
import { verifyRows } from './verify-rows';

/** What the state machine asks for. It may be asked for again, and then goes on. */
const Input = z.object({ plan: MaskPlan });

/** Kept back for the batch or the table that is under way, and for ending the session. */
const RESERVE_MILLISECONDS = 90_000;

const logger = new Logger();

/** Masks a database and verifies it, in steps that fit the time of a function. */
export function maskTask(login: () => Promise<SqlSession>) {
  return async (event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<object> => {
    const { plan } = z.parse(Input, event);
    const hasTime = (): boolean => context.getRemainingTimeInMillis() > RESERVE_MILLISECONDS;
    const session = await login();
    try {
      await session.lock();
      const plans = resolvePlan(plan, await tablesOf(session));
      const register = new MaskRegister(session);
      const masked = await maskRows(session, register, plans, await register.open(plan), hasTime);
      const isMasked = plans.every(
        ({ rules, isEmptied, table }) => (rules.length === 0 && !isEmptied) || masked.masked.includes(labelOf(table)),
      );
      const verified = isMasked ? await verifyRows(session, register, plans, masked, hasTime) : masked;
      const { findings } = verified;
      const done = verified.verified.length === plans.length;
      const clean = done && findings.length === 0;
      if (clean) {
        await register.forget();
      } else if (done) {
        // Whoever mends it by hand or declares more asks again, and everything is looked at again.
        await session.script([register.statementFor({ ...verified, verified: [], findings: [] })]);
      }
      logger.info('Progress', { done, rows: verified.rows, tables: verified.verified.length, findings });
      return { done, clean, rows: verified.rows, tables: verified.verified.length, findings };
    } finally {
      await session.end().catch(() => {});
    }
  };
}
