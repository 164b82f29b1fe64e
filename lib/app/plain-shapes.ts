import * as z from 'zod';
import { oneOf, text } from './schema';
import { TIERS } from './tier-names';

// What can be judged without a construct: `defineStore` does so, and the command that writes a configuration.

/** An IAM role or user; not the account itself, which stands for everybody in it. */
const PRINCIPAL = /^arn:aws(-[a-z]+)*:iam::\d{12}:(role|user)\/[\w+=,.@/*-]+$/;

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** Whether `input` is the ARN of an IAM role or user. */
export function isPrincipal(input: unknown): boolean {
  return typeof input === 'string' && PRINCIPAL.test(input);
}

export const storeId = text((input) => input.length <= 16 && /^[a-z](-?[a-z0-9])+$/.test(input), {
  code: 'StoreIdMalformed',
  bound: 'be 2 to 16 lower-case letters, digits and single hyphens, beginning with a letter',
  remedy: 'Choose a short name for the shop; it can never be changed.',
});

export const environment = oneOf(['production', 'staging'], {
  code: 'EnvironmentUnknown',
  remedy: 'Say what the store is for; it can never be changed.',
});

export const storeName = text((input) => input.trim().length > 0 && input.length <= 64, {
  code: 'NameMissing',
  bound: 'be 1 to 64 characters',
  remedy: 'Write the name that people know the shop by.',
});

export const tier = oneOf(TIERS, { code: 'TierUnknown', remedy: 'The README says what each costs and proves.' });

export const account = text((input) => /^\d{12}$/.test(input), {
  code: 'AccountMalformed',
  bound: 'be the id of an account: twelve digits in quotation marks',
  remedy: 'Take it from "aws sts get-caller-identity".',
});

export const region = text((input) => REGION.test(input), {
  code: 'RegionUnknown',
  bound: 'be the code of a Region, like ap-southeast-1',
  remedy: 'Take it from "aws account list-regions".',
});

export const email = text((input) => z.email().safeParse(input).success, {
  code: 'ContactMissing',
  bound: 'be an e-mail address',
  remedy: 'Write the address of a mailbox that somebody reads; it receives a message to confirm.',
});
