import { type ConsoleStage, openConsole } from '../support/console.ts';

let stage: ConsoleStage;
beforeAll(async () => {
  stage = await openConsole();
});
afterAll(async () => {
  await stage.close();
});

const title = (html: string) =>
  /<h1[^>]*>(.*?)<\/h1>/s
    .exec(html)?.[1]
    ?.replace(/<[^>]+>/g, '')
    .trim();

describe('The board', () => {
  it('shows a row for each report that is due, and only the State Party as a link in it', async () => {
    const { body } = await stage.get('/board?year=2027');
    const rows = body.match(/<tr>.*?<\/tr>/gs)!.filter((row) => row.includes('scope="row"') && row.includes('/cases/'));
    expect(rows).toHaveLength(113);
    expect(rows.every((row) => row.match(/<a /g)?.length === 1)).toBe(true);
    expect(body).toContain('(initial report)');
    expect(body).toContain('reported first');
  });

  it('says each cell in words', async () => {
    const { body } = await stage.get('/board?year=2027');
    expect(body).toContain('<span class="fp-vh">overdue</span> 20 days');
    expect(body).toContain('<span class="fp-vh">received</span>');
  });

  it('keeps within 150 kB for 112 States Parties', async () => {
    const { body } = await stage.get('/board?year=2027');
    expect(Buffer.byteLength(body)).toBeLessThan(150_000);
  });

  it('says so when a filter leaves nothing', async () => {
    expect((await stage.get('/board?q=atlantis')).body).toContain('No State Party is here with these filters');
  });

  it('goes to Excel and CSV with every row the filter leaves', async () => {
    const csv = await stage.get('/board?year=2027&show=done&format=csv');
    expect(csv.headers['content-disposition']).toBe('attachment; filename="board-2027.csv"');
    const lines = csv.body.trim().split('\r\n');
    expect(lines[0]).toContain('State Party,ISO code,Report');
    expect(lines.slice(1).every((line) => line.includes(',Done,'))).toBe(true);
    const xlsx = await stage.get('/board?year=2027&format=xlsx');
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK');
  });

  it('draws what was received as a picture of its own', async () => {
    const { body, headers } = await stage.get('/board/received.svg?year=2027');
    expect(headers['content-type']).toContain('image/svg+xml');
    expect(body).toMatch(/^<svg .*2027: \d+.*<\/svg>$/s);
    expect(body).not.toContain('style=');
  });
});

describe('A case page', () => {
  it('says what the case waits for, what comes next, and what was sent', async () => {
    const { body } = await stage.get('/cases/report-intake/2027/HND');
    expect(title(body)).toBe('Honduras');
    expect(body).toContain('The State Party, since Tuesday 1 December 2026');
    expect(body).toContain('Monday 31 May 2027 at 09:00 (Geneva)');
    expect(body).toContain('lang="es"');
    expect(body).toContain('Sobre el informe');
  });

  it('shows how sure we are of what it says', async () => {
    const { body } = await stage.get('/cases/report-intake/2027/HND');
    expect(body).toMatch(/Spanish\s*<span class="fp-mark">inferred/);
    expect(body).toContain('Concluded from something else');
  });

  it('never shows a personal link', async () => {
    const { id } = await stage.records.letter.findFirstOrThrow({ where: { caseId: 'ccm/2027/report-intake/HND' } });
    for (const url of ['/cases/report-intake/2027/HND', `/letters/${id}`])
      expect((await stage.get(url)).body).not.toMatch(/\/u\/[\w-]{10}/);
  });

  it('gives a document as a file to keep, under its own name', async () => {
    const submission = await stage.records.submission.findFirstOrThrow();
    const { headers, rawPayload } = await stage.get(`/submissions/${submission.id}`);
    expect(headers['content-disposition']).toContain('attachment; filename="Article 7 report');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(rawPayload.toString()).toContain('%PDF');
  });

  it.each([
    '/cases/report-intake/2027/XXX',
    '/cases/nothing/2027/LAO',
    '/cases/report-intake/2027/..%2f..',
    '/letters/x',
    "/submissions/'--",
    '/tasks/00000000-0000-4000-8000-000000000000',
    '/cycles/1999',
    '/cycles/x',
  ])('is not there for %s', async (url) => {
    expect((await stage.get(url)).statusCode).toBe(404);
  });
});

describe('The calendar', () => {
  it('shows the letters that still leave, by day, with their text', async () => {
    const { body } = await stage.get('/calendar');
    expect(title(body)).toMatch(/^\d+ letters leave in the next 30 days$/);
    expect(body).toContain('Monday 31 May 2027: ');
    expect(body).toContain('Convención sobre Municiones en Racimo');
    expect(body).toContain('fp-strip__rest');
  });

  it('leaves out a State Party that has reported', async () => {
    const { stateParty } = await stage.records.case.findFirstOrThrow({
      where: { year: 2027, kind: 'annual', submissions: { some: {} } },
    });
    const name = stage.treaty.states.find(({ iso3 }) => iso3 === stateParty)!.names.en;
    expect((await stage.get(`/calendar?q=${encodeURIComponent(name)}`)).body).toContain('0 letters leave');
  });

  it('goes to CSV', async () => {
    const { body } = await stage.get('/calendar?q=honduras&format=csv');
    expect(body.trim().split('\r\n')).toHaveLength(2);
    expect(body).toContain('2027-05-31,Honduras,HND,Reminder 2 after the deadline,es,mission@hnd.example');
  });
});

describe('The register', () => {
  it('marks what was made up', async () => {
    const { body } = await stage.get('/register?q=honduras');
    expect(body).toContain('mission@hnd.example <span class="fp-mark">invented</span>');
    expect(body).toContain('Made up, to be replaced');
  });

  it('goes out in the form it comes in', async () => {
    const { body } = await stage.get('/register?format=csv');
    expect(body.split('\r\n')[0]).toBe('\uFEFFstate,kind,name,email,language');
  });
});

describe('Who may see what', () => {
  it.each(['/board', '/calendar', '/cases/report-intake/2027/HND', '/register'])(
    'a Coordinator may read %s',
    async (url) => {
      expect((await stage.get(url, 'coordinator')).statusCode).toBe(200);
    },
  );

  it.each(['/tasks', '/tray', '/cycles', '/cycles/2027'])('a Coordinator may not open %s', async (url) => {
    expect((await stage.get(url, 'coordinator')).statusCode).toBe(403);
  });

  it('an auditor reads everything and is offered nothing to change', async () => {
    for (const url of ['/board', '/cases/report-intake/2027/HND', '/tasks', '/tray', '/cycles', '/cycles/2027']) {
      const { statusCode, body } = await stage.get(url, 'auditor');
      expect(statusCode).toBe(200);
      expect(body.match(/<form method="post" action="(?!\/sign-out)/g) ?? []).toEqual([]);
    }
  });

  it('an officer cannot open a cycle or move its dates', async () => {
    expect((await stage.post('/cycles', { year: '2028' }, 'officer')).statusCode).toBe(403);
    expect((await stage.post('/cycles/2027/dates', {}, 'officer')).statusCode).toBe(403);
  });

  it('nobody who is not signed in sees the board', async () => {
    const { statusCode, headers } = await stage.app.inject('/board');
    expect([statusCode, headers['location']]).toEqual([303, '/sign-in']);
  });
});
