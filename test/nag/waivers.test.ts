import { type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Waiver } from '../../lib';
import { findingsOfDropping } from '../../lib/core/findings-of-dropping';
import { WAIVER_METADATA } from '../../lib/core/waiver-metadata';
import { PROTECTIONS, type ProtectionId } from '../../lib/core/protection';
import { rulesNamed } from '../../lib/core/rule-packs';
import { WAIVERS } from '../cases';
import { type WaiverCase } from '../support/cases';
import { lines, review } from '../support/review';
import { foreignStack } from '../support/stack';

const waiver = Waiver.because('A test shows what is lost without it', {
  owner: 'tests@acme.example',
  until: '2026-12-07',
});

test('every protection has a case that waives it', () => {
  expect(Object.keys(WAIVERS).sort()).toEqual(Object.keys(PROTECTIONS).sort());
});

describe.each(Object.entries(WAIVERS) as [ProtectionId, WaiverCase][])(
  '%s',
  (protection, { build, protects, alsoDrops = [] }) => {
    const dropped = [protection, ...alsoDrops];

    const built = (given?: Waiver): Stack => {
      const stack = foreignStack();
      build(stack, given);
      return stack;
    };

    test('is there by default', () => {
      expect(() => protects(Template.fromStack(built()))).not.toThrow();
    });

    test('is gone with a waiver, which shows on the construct', () => {
      const stack = built(waiver);
      expect(() => protects(Template.fromStack(stack))).toThrow();
      const written = stack.node
        .findAll()
        .flatMap(({ node }) => node.metadata)
        .filter(({ type }) => type === WAIVER_METADATA);
      const { reason, owner, until } = waiver;
      expect(written.map(({ data }) => data as unknown)).toEqual(
        dropped.map((each) => ({ protection: each, reason, owner, until })),
      );
    });

    test('causes exactly the findings of the adapter table, each acknowledged by the waiver', () => {
      const waived = review((stack) => build(stack, waiver));
      const acknowledged = waived.acknowledged
        .filter(({ reason }) => reason === `Waived: ${waiver.reason}`)
        .map(({ pack, rule }) => `${pack} ${rule.replace(`${pack}-`, '')}`);
      const expected = rulesNamed(...dropped.flatMap(findingsOfDropping)).map(({ pack, name }) => `${pack} ${name}`);
      expect(lines(waived)).toEqual([]);
      expect([...new Set(acknowledged)].sort()).toEqual(expected.sort());
    });
  },
);
