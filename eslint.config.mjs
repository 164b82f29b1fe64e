import js from '@eslint/js';
import awscdk from 'eslint-plugin-awscdk';
import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

/**
 * House rules that a tool can check are checked here, and test/lint.test.ts shows each of them objecting. The reasons
 * stand in CONTRIBUTING.md.
 */
const BANNED_IN_LIB = [
  ['MemberExpression[object.name="process"][property.name="env"]', 'A construct reads props, never the environment.'],
  ['MemberExpression[object.name="Date"][property.name="now"]', 'Ask core/clock.ts what day it is.'],
  ['NewExpression[callee.name="Date"][arguments.length=0]', 'Ask core/clock.ts what day it is.'],
  ['CallExpression[callee.property.name="setContext"]', 'Constructs must not depend on context they set.'],
  [
    'BinaryExpression[operator="instanceof"][right.name=/^Cfn/]',
    'instanceof misses a class loaded twice: compare cfnResourceType.',
  ],
  ['Literal[value=/^arn:aws:/]', 'Build ARNs with Aws.PARTITION or Stack.formatArn.'],
  ['TemplateElement[value.raw=/arn:aws:/]', 'Build ARNs with Aws.PARTITION or Stack.formatArn.'],
  ['CallExpression[callee.object.callee.object.name="Aspects"]', 'Constructs harden themselves; aspects hide it.'],
];

/** A policy over every resource is sometimes right; the line above it says why. */
const explainWildcard = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { unexplained: 'Say in a comment above why every resource is meant.' },
  },
  create: (context) => ({
    'Property[key.name="resources"] > ArrayExpression > Literal[value="*"]': ({ parent }) => {
      const { getCommentsBefore, getCommentsInside } = context.sourceCode;
      const comments = [parent.parent, parent].flatMap((node) => [
        ...getCommentsBefore.call(context.sourceCode, node),
        ...getCommentsInside.call(context.sourceCode, node),
      ]);
      if (comments.length === 0) {
        context.report({ node: parent, messageId: 'unexplained' });
      }
    },
  }),
};

/** What each folder of lib/ may import from the others. `core` serves all; nothing points back. */
const MAY_IMPORT = {
  core: [],
  // Reads templates and knows no construct: what computes a cost at synthesis and what reads an assembly share it.
  pricing: [],
  encryption: ['core'],
  messaging: ['core', 'encryption'],
  network: ['core', 'encryption'],
  application: ['core'],
  data: ['core', 'encryption', 'network'],
  compute: ['core', 'encryption', 'network'],
  edge: ['core', 'encryption', 'application'],
  operations: ['core', 'pricing'],
  backup: ['core', 'encryption', 'data'],
  patching: ['core', 'encryption'],
  compliance: ['core'],
};
const DOMAINS = Object.keys(MAY_IMPORT);

const ZOD = {
  group: ['zod', 'zod/*', 'cli-table3', 'commander', 'ora', 'p-limit', 'p-retry'],
  message: 'Only bundled code (lib/app, lib/cli, handlers) may import it.',
};

const importDirections = Object.entries(MAY_IMPORT).flatMap(([folder, allowed]) => {
  const forbidden = [
    ...DOMAINS.filter((domain) => domain !== folder && !allowed.includes(domain)),
    'stacks',
    'store',
    'app',
    'cli',
  ];
  const direction = {
    group: forbidden.map((domain) => `**/${domain}/**`),
    message: `lib/${folder} may import ${allowed.join(', ') || 'nothing of ours'}: see docs/ARCHITECTURE.md.`,
  };
  const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });
  return [
    { files: [`lib/${folder}/**/*.ts`, `test/lint/lib/${folder}/**/*.ts`], rules: restrict(direction, ZOD) },
    { files: [`lib/${folder}/handlers/**/*.ts`], rules: restrict(direction) },
  ];
});

/** A command reads finished assemblies and asks AWS. Were a construct behind it, each would load the CDK for seconds. */
const COMMANDS_MAY_NOT = {
  group: [
    ...[...DOMAINS.filter((domain) => !['core', 'compliance', 'pricing'].includes(domain)), 'stacks', 'store'].map(
      (domain) => `**/${domain}/**`,
    ),
    ...['aws-cdk-lib', 'aws-cdk-lib/**', 'constructs'],
  ],
  message: 'lib/cli may import core, compliance, pricing, app: see docs/ARCHITECTURE.md.',
};

export default tseslint.config(
  {
    ignores: [
      ...['dist', 'dist-jsii', 'assets', 'cdk.out*', 'coverage', 'node_modules', 'test/lint/lib'],
      // Other people's projects, as far as we are concerned: they have their own settings.
      ...['test/package/developer', 'test/package/shop'],
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        require: 'readonly',
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        __dirname: 'readonly',
        URL: 'readonly',
      },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/explicit-function-return-type': ['error', { allowExpressions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['lib/**/*.ts', 'test/lint/lib/**/*.ts'],
    ignores: ['lib/**/handlers/**'],
    plugins: { awscdk, house: { rules: { 'explain-wildcard': explainWildcard } } },
    rules: {
      'no-restricted-syntax': ['error', ...BANNED_IN_LIB.map(([selector, message]) => ({ selector, message }))],
      'house/explain-wildcard': 'error',
      'awscdk/no-import-private': 'error',
      'awscdk/no-mutable-property-of-props-interface': 'error',
      'awscdk/no-mutable-public-property-of-construct': 'error',
      'awscdk/pascal-case-construct-id': 'error',
      'awscdk/props-name-convention': 'error',
      'awscdk/require-props-default-doc': 'error',
      'awscdk/require-jsdoc': 'error',
    },
  },
  { files: ['lib/core/clock.ts'], rules: { 'no-restricted-syntax': 'off' } },
  ...importDirections,
  {
    files: ['lib/cli/**/*.ts', 'test/lint/lib/cli/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [COMMANDS_MAY_NOT] }] },
  },
  {
    files: ['test/**/*.ts'],
    extends: [jest.configs['flat/recommended']],
    rules: {
      'jest/expect-expect': [
        'error',
        { assertFunctionNames: ['expect*', '**.has*', '**.all*', '**.resource*', '**.templateMatches'] },
      ],
      'jest/no-export': 'off',
    },
  },
);
