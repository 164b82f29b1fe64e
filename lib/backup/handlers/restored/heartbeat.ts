import { HEARTBEAT, HEARTBEATS } from '../../../data/handlers/heartbeat-table';
import type { SqlSession } from '../../../data/handlers/moving/sql-session';
import type { RestoreFinding } from './expectation';
import { isThere } from './is-there';
import type { MessageCode } from './message-code';

/** Heartbeats that are looked at: a week of one every five minutes. */
const NEWEST = 2016;

/** Late by less than an interval is a busy scheduler, not a gap. */
const PATIENCE = 2;

interface Heartbeat {
  readonly sequence: number;
  readonly writtenAt: string;
}

/** What the heartbeats of a copy tell. */
export interface Pulse {
  /** When the newest one that is ours was written. */
  readonly newest?: Date;
  readonly findings: readonly RestoreFinding[];
}

/**
 * Writes the next heartbeat. Of two writers at once one fails at the primary key, and the sequence stays whole.
 */
export async function writeHeartbeat(session: SqlSession, code: MessageCode, now: Date): Promise<number> {
  const [[last]] = (await session.run(`SELECT coalesce(max(sequence), 0) FROM ${HEARTBEATS}`)) as [[string]];
  const beat = { sequence: Number(last) + 1, writtenAt: now.toISOString() };
  const values = [String(beat.sequence), session.text(beat.writtenAt), session.text(code.sign(signed(beat)))];
  await session.run(`INSERT INTO ${HEARTBEATS} (sequence, written_at, code) VALUES (${values.join(', ')})`);
  return beat.sequence;
}

/**
 * Reads the heartbeats of a copy that was taken at `recoveryPoint`. A database that was itself restored holds those of the
 * one before, up to its own first one: they say nothing of it.
 */
export async function readPulse(
  session: SqlSession,
  code: MessageCode,
  recoveryPoint: Date,
  intervalSeconds: number,
): Promise<Pulse> {
  const rows = (await isThere(session, HEARTBEAT))
    ? await session.run(`SELECT sequence, written_at, code FROM ${HEARTBEATS} ORDER BY sequence DESC LIMIT ${NEWEST}`)
    : [];
  const beats: Heartbeat[] = [];
  const findings: RestoreFinding[] = [];
  for (const [sequence, writtenAt, given] of [...rows].reverse()) {
    const beat = { sequence: Number(sequence), writtenAt: writtenAt ?? '' };
    if (code.verify(signed(beat), given ?? '')) {
      beats.push(beat);
    } else if (beats.length > 0) {
      findings.push({
        kind: 'HeartbeatForged',
        subject: HEARTBEATS,
        detail: `number ${sequence} was not written by us`,
      });
    }
  }
  findings.push(...gapsOf(beats, intervalSeconds));
  const newest = beats.at(-1);
  if (newest === undefined) {
    findings.push({ kind: 'HeartbeatMissing', subject: HEARTBEATS, detail: 'the copy holds no heartbeat of ours' });
    return { findings };
  }
  const silence = secondsBetween(newest.writtenAt, recoveryPoint.toISOString());
  if (silence > PATIENCE * intervalSeconds) {
    const detail = `the newest is ${silence} seconds older than the recovery point`;
    findings.push({ kind: 'HeartbeatStopped', subject: HEARTBEATS, detail });
  }
  return { newest: new Date(newest.writtenAt), findings };
}

function gapsOf(beats: readonly Heartbeat[], intervalSeconds: number): RestoreFinding[] {
  return beats.flatMap((beat, index) => {
    const before = beats[index - 1];
    if (before === undefined) {
      return [];
    }
    const seconds = secondsBetween(before.writtenAt, beat.writtenAt);
    const isWhole = beat.sequence === before.sequence + 1 && seconds <= PATIENCE * intervalSeconds;
    const detail = `${seconds} seconds between number ${before.sequence} and number ${beat.sequence}`;
    return isWhole ? [] : [{ kind: 'HeartbeatGap' as const, subject: HEARTBEATS, detail }];
  });
}

function signed({ sequence, writtenAt }: Heartbeat): string {
  return `heartbeat ${sequence} ${writtenAt}`;
}

function secondsBetween(one: string, other: string): number {
  return Math.round((Date.parse(other) - Date.parse(one)) / 1000);
}
