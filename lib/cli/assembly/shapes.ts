import * as z from 'zod/mini';

/**
 * What is read of an assembly, and no more: what else stands in a file is of no concern, so that another version of the
 * CDK, or a construct library nobody here knows, troubles no command.
 */

const object = z.record(z.string(), z.unknown());

const entry = z.looseObject({
  type: z.string(),
  data: z.optional(z.unknown()),
  trace: z.optional(z.array(z.string())),
});

/** What constructs wrote down, by path. */
export const METADATA = z.record(z.string(), z.array(entry));

const artifact = z.looseObject({
  type: z.string(),
  displayName: z.optional(z.string()),
  environment: z.optional(z.string()),
  dependencies: z.optional(z.array(z.string())),
  additionalMetadataFile: z.optional(z.string()),
  metadata: z.optional(METADATA),
  properties: z.optional(
    z.looseObject({
      templateFile: z.optional(z.string()),
      stackName: z.optional(z.string()),
      terminationProtection: z.optional(z.boolean()),
      requiresBootstrapStackVersion: z.optional(z.number()),
      bootstrapStackVersionSsmParameter: z.optional(z.string()),
      directoryName: z.optional(z.string()),
    }),
  ),
});

/** The file by which an assembly is known. */
export const MANIFEST = z.looseObject({
  version: z.string().check(z.regex(/^\d+\.\d+\.\d+$/)),
  artifacts: z.record(z.string(), artifact),
});

/** A template of CloudFormation. */
export const TEMPLATE = z.looseObject({ Resources: z.optional(object) });

/** A resource of a template; `Fn::ForEach` stands among them and is none. */
export const RESOURCE = z.looseObject({
  Type: z.string(),
  Properties: z.nullish(object),
  Metadata: z.nullish(object),
  DeletionPolicy: z.optional(z.unknown()),
});

const violation = z.looseObject({
  ruleName: z.string(),
  description: z.string(),
  severity: z.string(),
  customSeverity: z.optional(z.string()),
  suggestedFix: z.optional(z.string()),
  ruleMetadata: z.optional(z.record(z.string(), z.string())),
  violatingConstructs: z.array(
    z.looseObject({
      constructPath: z.string(),
      cloudFormationResource: z.optional(
        z.looseObject({
          templatePath: z.string(),
          logicalId: z.string(),
          propertyPaths: z.optional(z.array(z.string())),
        }),
      ),
      stackTraces: z.optional(z.array(z.string())),
    }),
  ),
});

/** What the rule packs said while the app was synthesised. */
export const REPORT = z.looseObject({
  version: z.string(),
  pluginReports: z.array(
    z.looseObject({
      pluginName: z.string(),
      conclusion: z.optional(z.string()),
      metadata: z.optional(object),
      violations: z.array(violation),
      suppressedViolations: z.optional(
        z.array(
          z.extend(violation, {
            acknowledgedId: z.optional(z.string()),
            acknowledgedAt: z.optional(z.string()),
            reason: z.optional(z.string()),
          }),
        ),
      ),
    }),
  ),
});

export type Manifest = z.infer<typeof MANIFEST>;
export type Artifact = z.infer<typeof artifact>;
export type Metadata = z.infer<typeof METADATA>;
export type Template = z.infer<typeof TEMPLATE>;
export type Report = z.infer<typeof REPORT>;
export type PackReport = Report['pluginReports'][number];
export type Violation = z.infer<typeof violation>;
