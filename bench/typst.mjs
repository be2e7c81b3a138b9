// Compiles a Typst document to PDF: node typst.mjs FOLDER MAIN FONTS PDF [edits]
// With `edits` it goes on: each line on standard input is an edit that was saved; one is printed when its PDF is there.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [folder, main, fonts, pdf, edits] = process.argv.slice(2);
const { NodeCompiler } = createRequire(process.cwd() + '/')('@myriaddreamin/typst-ts-node-compiler');
const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: [fonts] }] });

function compile() {
  const result = compiler.compile({ mainFilePath: main, resetRead: true });
  if (!result.result) {
    result.printErrors();
    process.exit(1);
  }
  writeFileSync(pdf, compiler.pdf(result.result));
}

compile();
if (edits) {
  console.log('ready');
  createInterface({ input: process.stdin }).on('line', () => {
    compile();
    compiler.evictCache(10);
    console.log('done');
  });
}
