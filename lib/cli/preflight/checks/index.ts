import type { Check } from '../probe';
import { backups } from './backups';
import { bootstrap } from './bootstrap';
import { caa } from './caa';
import { certificates } from './certificates';
import { concurrency } from './concurrency';
import { hosts } from './hosts';
import { mail } from './mail';
import { names } from './names';
import { quotas } from './quotas';
import { regions } from './regions';
import { serviceLinkedRoles } from './service-linked-roles';
import { stacks } from './stacks';
import { trail } from './trail';
import { zone } from './zone';

/** What is asked, in the order of a deployment. */
export const CHECKS: readonly Check[] = [
  regions,
  bootstrap,
  stacks,
  zone,
  caa,
  certificates,
  hosts,
  quotas,
  concurrency,
  names,
  serviceLinkedRoles,
  backups,
  mail,
  trail,
];
