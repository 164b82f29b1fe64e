// Types of the package's entry point "./app", for merchants: what lib/app/index.ts leads to, and nothing behind it.
// Beside it in dist/ stand the types that jsii wrote; the schema library stays unseen.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from './bundles.mjs';

const source = path.join(root, 'lib/app');
const target = path.join(root, 'dist/app');

/** Writes the declarations, and returns the names of their files. */
export function writeDeclarations() {
  const modules = ['index'];
  mkdirSync(target, { recursive: true });
  for (const name of modules) {
    const text = declarationOf(name);
    writeFileSync(path.join(target, `${name}.d.ts`), text);
    modules.push(...neighboursIn(text).filter((each) => !modules.includes(each)));
  }
  return new Set(modules.map((name) => `${name}.d.ts`));
}

/** From one file alone: what is exported states its type, so nobody has to read the whole CDK for it. */
function declarationOf(name) {
  const fileName = path.join(source, `${name}.ts`);
  const { outputText, diagnostics } = ts.transpileDeclaration(readFileSync(fileName, 'utf8'), {
    fileName,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.Node20, isolatedDeclarations: true },
  });
  if (diagnostics.length > 0) {
    throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost({})));
  }
  return outputText;
}

/** Files of lib/app that `text` imports from. */
function neighboursIn(text) {
  const imports = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
  return imports.filter((each) => each.startsWith('./')).map((each) => each.slice(2));
}
