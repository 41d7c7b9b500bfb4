import { chromium } from 'playwright-core'; import AxeBuilder from '@axe-core/playwright'; import { readdirSync } from 'node:fs';
const b = await chromium.launch({ executablePath:'/usr/bin/chromium', args:['--no-sandbox','--headless','--disable-gpu','--disable-background-networking'] });
for (const colorScheme of ['light','dark'] as const) { const c = await b.newContext({colorScheme, viewport:{width:360,height:700}}); const p = await c.newPage();
for (const f of readdirSync('/tmp/letters-out').filter(x=>/(invitation|request|receipt|task)\.(en|fr)\.html/.test(x))) { await p.goto('file:///tmp/letters-out/'+f);
 const over = await p.evaluate(()=>document.documentElement.scrollWidth);
 const r = await new AxeBuilder({page:p}).analyze(); console.log(colorScheme,f,over, r.violations.map(v=>v.id+': '+v.nodes.length+' '+v.nodes[0]?.failureSummary?.slice(0,150))); } await c.close(); }
await b.close();
