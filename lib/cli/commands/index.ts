import type { CliCommand } from '../command';
import { check } from './check';
import { cost } from './cost';
import { drill } from './drill';
import { evidence } from './evidence';
import { job } from './job';
import { guard } from './guard';
import { init } from './init';
import { preflight } from './preflight';
import { teardown } from './teardown';

/** Every command, in the order in which help lists them: that of a store's life. */
export const COMMANDS: readonly CliCommand[] = [init, check, guard, evidence, cost, preflight, job, drill, teardown];
