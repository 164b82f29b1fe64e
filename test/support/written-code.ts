import * as vm from 'node:vm';
import * as ts from 'typescript';
import * as library from '../../lib';
import * as app from '../../lib/app';

/** The package's doors, as this checkout has them. */
const DOORS: Readonly<Record<string, object>> = { 'cdk-commerce-baseline': library, 'cdk-commerce-baseline/app': app };

/** What a module exports that a command told somebody to write. */
export function exportsOf(code: string): Readonly<Record<string, unknown>> {
  const { outputText, diagnostics } = ts.transpileModule(code, {
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
  });
  expect(diagnostics).toEqual([]);
  const exported = {};
  vm.runInNewContext(outputText, { exports: exported, require: (door: string) => DOORS[door] });
  return exported;
}
