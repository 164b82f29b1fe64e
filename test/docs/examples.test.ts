import * as path from 'node:path';
import * as vm from 'node:vm';
import * as cdk from 'aws-cdk-lib';
import * as ts from 'typescript';
import * as library from '../../lib';
import * as app from '../../lib/app';
import { codeBlocks, documents, ROOT, type CodeBlock } from '../support/documents';

/** A block of TypeScript, and the file that it is compiled as. Blocks of one page may import each other. */
interface Example extends CodeBlock {
  readonly name: string;
  readonly compiledAs: string;
}

const examples: Example[] = documents()
  .flatMap((document) => codeBlocks(document, 'ts'))
  .map((block) => {
    const { document, line, file = `line-${line}.ts` } = block;
    const compiledAs = path.join(ROOT, 'examples-of', document.replaceAll(/\W/g, '-'), file);
    return { ...block, compiledAs, name: `${document}:${line}` };
  });

/** The package's doors, as this checkout has them. */
const DOORS = {
  'cdk-commerce-baseline': { source: 'lib/index.ts', module: library },
  'cdk-commerce-baseline/app': { source: 'lib/app/index.ts', module: app },
};

/** CDK's main entry names every service of AWS. Examples take those by their own path, and so are checked in half the time. */
const CDK = { file: path.join(ROOT, 'node_modules/aws-cdk-lib/index.d.ts'), text: "export * from './core';" };

/** What the TypeScript compiler says of all examples together, by file. */
function compile(): ReadonlyMap<string, readonly string[]> {
  const config: unknown = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), (file) => ts.sys.readFile(file)).config;
  const { options } = ts.parseJsonConfigFileContent({ ...(config as object), include: [] }, ts.sys, ROOT);
  const sources = new Map(examples.map(({ compiledAs, code }) => [compiledAs, code]));
  const known = new Map([...sources, [CDK.file, CDK.text]]);
  const directories = new Set(examples.flatMap(({ compiledAs }) => parentsOf(compiledAs)));
  const paths = Object.entries(DOORS).map(([door, { source }]) => [door, [path.join(ROOT, source)]]);
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram({
    rootNames: [...sources.keys()],
    options: { ...options, paths: Object.fromEntries(paths) as ts.MapLike<string[]>, types: ['node'] },
    host: Object.assign(host, {
      fileExists: (file: string) => sources.has(file) || ts.sys.fileExists(file),
      directoryExists: (directory: string) => directories.has(directory) || ts.sys.directoryExists(directory),
      readFile: (file: string) => known.get(file) ?? ts.sys.readFile(file),
      jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
    }),
  });
  return new Map(
    examples.map(({ compiledAs }) => {
      const source = program.getSourceFile(compiledAs);
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return [compiledAs, found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))];
    }),
  );
}

function parentsOf(file: string): string[] {
  const parent = path.dirname(file);
  return parent === ROOT ? [] : [parent, ...parentsOf(parent)];
}

/** Runs an example as a module, and returns what it exports and the apps it made. */
function run({ code, compiledAs }: Example): { readonly exported: object; readonly apps: readonly cdk.App[] } {
  const apps: cdk.App[] = [];
  class RecordedApp extends cdk.App {
    public constructor() {
      // Of several stores, all.
      super({ analyticsReporting: false, context: { store: 'all' } });
      apps.push(this);
    }
  }
  const load = (name: string): unknown => {
    if (name === 'aws-cdk-lib') {
      return { ...cdk, App: RecordedApp };
    }
    if (name.startsWith('.')) {
      const imported = path.join(path.dirname(compiledAs), `${name}.ts`);
      return run(examples.find((example) => example.compiledAs === imported)!).exported;
    }
    return name in DOORS ? DOORS[name as keyof typeof DOORS].module : jest.requireActual<object>(name);
  };
  const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  const exported = {};
  (vm.compileFunction(outputText, ['require', 'exports']) as (...given: unknown[]) => void)(load, exported);
  return { exported, apps };
}

const compiled = compile();

test('pages have examples', () => {
  const documented = new Set(examples.map(({ document }) => document));
  expect([...documented]).toEqual(expect.arrayContaining(['README.md', 'docs/DEPLOY.md', 'docs/MEDUSA.md']));
});

test.each(examples)('$name compiles', ({ compiledAs }) => {
  expect(compiled.get(compiledAs)).toEqual([]);
});

test.each(examples)('$name runs, and what it builds synthesises', (example) => {
  const { apps } = run(example);
  expect(() => apps.forEach((made) => made.synth())).not.toThrow();
});
