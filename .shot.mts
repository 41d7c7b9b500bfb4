import { chromium } from 'playwright-core';
const b = await chromium.launch({ executablePath:'/usr/bin/chromium', args:['--no-sandbox','--headless','--disable-gpu','--disable-background-networking'] });
for (const [name,w,scheme] of process.argv.slice(2).map(a=>a.split(':')) as any) {
  const c = await b.newContext({ viewport:{width:Number(w),height:800}, colorScheme:scheme, javaScriptEnabled:false });
  const p = await c.newPage(); await p.goto('file:///tmp/letters-out/'+name+'.html');
  await p.screenshot({ path:`/tmp/letters-out/${name}.${w}.${scheme}.png`, fullPage:true });
  await c.close();
}
await b.close();
