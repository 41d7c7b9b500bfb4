import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { createTypstCompiler } from '@myriaddreamin/typst.ts/compiler';
import { loadFonts } from '@myriaddreamin/typst.ts/options.init';

// A thread of its own: the first sheet takes seconds, in which pages must be answered. Plain JavaScript, because a
// thread is started without the loader that reads TypeScript.

const PDF = 1;
const { resolve } = createRequire(import.meta.url);
const font = (name) => readFileSync(resolve(`@expo-google-fonts/noto-sans/${name}`));

const compiler = createTypstCompiler();
const fonts = [font('400Regular/NotoSans_400Regular.ttf'), font('700Bold/NotoSans_700Bold.ttf')];
await compiler.init({
  getModule: () => ({
    module_or_path: readFileSync(resolve('@myriaddreamin/typst-ts-web-compiler/pkg/typst_ts_web_compiler_bg.wasm')),
  }),
  beforeBuild: [loadFonts(fonts, { assets: false })],
});
compiler.addSource('/sheet.typ', readFileSync(new URL('./sheet.typ', import.meta.url), 'utf8'));

parentPort.on('message', async ({ id, content }) => {
  try {
    compiler.mapShadow('/content.json', new TextEncoder().encode(content));
    const { result, diagnostics } = await compiler.compile({
      mainFilePath: '/sheet.typ',
      format: PDF,
      diagnostics: 'full',
    });
    if (!result) throw new Error(`The sheet cannot be set: ${diagnostics?.[0]?.message ?? 'no reason given'}`);
    parentPort.postMessage({ id, pdf: result });
  } catch (error) {
    parentPort.postMessage({ id, error: error.message });
  }
});
