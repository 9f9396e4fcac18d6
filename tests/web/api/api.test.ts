import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSite, type Site } from '../../site.ts';

interface Said {
  readonly [more: string]: unknown;
  readonly type: string;
  readonly place: Said;
  readonly councils: readonly Record<string, string>[];
  readonly addressees: readonly Record<string, string>[];
  readonly drafts: readonly Record<string, string>[];
}

const said = async (answer: Response) => (await answer.json()) as Said;

describe('the API', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite({ parliament: { vacant: ['Aberdeen South'] } });
  });
  afterAll(() => site.close());
  beforeEach(() => {
    site.postcodes.faults.mode = 'ok';
    site.parliament.faults.mode = 'ok';
  });

  const json = async (path: string) => {
    const answer = await site.get(path);
    return {
      status: answer.status,
      type: answer.headers.get('content-type'),
      body: await said(answer),
      headers: answer.headers,
    };
  };

  test('tells a place in the promised shape and order', async () => {
    const { status, body } = await json('/api/v1/places/SE1%202DL');
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toBe(
      '{"postcode":"SE1 2DL","nation":"England","councils":[{"code":"E09000028","name":"London Borough of Southwark","tier":"unitary","position":"not known"}],' +
        '"ward":{"code":"E05011104","name":"London Bridge & West Bermondsey"},"division":null,' +
        '"constituency":{"code":"E14001085","name":"Bermondsey and Old Southwark"},"source":"postcodes.io"}',
    );
  });

  test('tells both councils of two tiers, district first', async () => {
    const { body } = await json('/api/v1/places/OX49%205NU');
    expect(body.councils.map(({ code, tier }) => [code, tier])).toEqual([
      ['E07000179', 'district'],
      ['E10000025', 'county'],
    ]);
  });

  test.each([
    ['SW1A', 400, 'not-a-postcode'],
    ['hello', 400, 'not-a-postcode'],
    ['SWIA%20IAA', 400, 'not-a-postcode'],
    ['%00', 400, 'not-a-postcode'],
    ['ZZ99%209ZZ', 404, 'unknown-postcode'],
    ['AB1%200AA', 410, 'terminated-postcode'],
    ['JE2%204WD', 404, 'outside-the-uk'],
    ['IM1%201AA', 404, 'outside-the-uk'],
  ])('answers %s with %d %s', async (postcode, status, type) => {
    const answer = await json(`/api/v1/places/${postcode}`);
    expect(answer).toMatchObject({
      status,
      body: { type, status, title: expect.any(String), detail: expect.any(String) },
    });
    expect(answer.type).toMatch(/^application\/problem\+json/);
  });

  test('says when a postcode ended', async () => {
    expect((await json('/api/v1/places/AB1%200AA')).body).toMatchObject({
      terminated: '1996-06',
      detail: expect.stringContaining('1996'),
    });
  });

  test('suggests what a slip may have meant', async () => {
    expect((await json('/api/v1/places/SWIA%20IAA')).body).toMatchObject({ suggestion: 'SW1A 1AA' });
  });

  test('says when to ask again while the look-up is down', async () => {
    site.postcodes.faults.mode = 'html';
    const { status, body, headers } = await json('/api/v1/places/M1%201AA');
    expect({ status, type: body.type }).toEqual({ status: 503, type: 'lookup-unavailable' });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('names the addressees of a place and never their email addresses', async () => {
    const { body } = await json('/api/v1/addressees?postcode=SE1%202DL');
    expect(body.place.postcode).toBe('SE1 2DL');
    expect(body.addressees.map(({ id, kind, reachable }) => [id, kind, reachable])).toEqual([
      ['councillor:E09000028:1', 'councillor', 'email'],
      ['councillor:E09000028:2', 'councillor', 'email'],
      ['councillor:E09000028:3', 'councillor', 'email'],
      ['council:E09000028', 'council', 'email'],
      ['mp:E14001085', 'mp', 'email'],
    ]);
    expect(body.addressees[1]).toMatchObject({
      name: 'Bo van der Sample',
      party: 'Example Party',
      office: 'Councillor for London Bridge & West Bermondsey, London Borough of Southwark',
      salutation: 'Dear Councillor van der Sample',
    });
    expect(body.addressees.at(-1)).toMatchObject({
      office: 'MP for Bermondsey and Old Southwark',
      salutation: expect.stringMatching(/^Dear /),
    });
    expect(JSON.stringify(body)).not.toContain('@');
  });

  test('says that a seat is vacant', async () => {
    const { body } = await json('/api/v1/addressees?postcode=AB10%201AB');
    expect(body.addressees.at(-1)).toMatchObject({
      id: 'mp:S14000061',
      kind: 'mp',
      name: null,
      vacant: true,
      reachable: 'none',
    });
  });

  test('still names the MP’s office while Parliament is silent', async () => {
    site.parliament.faults.mode = 'html';
    const { body } = await json('/api/v1/addressees?postcode=BT53%207HX');
    expect(body.addressees.at(-1)).toMatchObject({ kind: 'mp', office: 'MP for North Antrim' });
  });

  test('drafts a letter to each addressee, signed', async () => {
    const answer = await site.postJson('/api/v1/drafts', {
      postcode: 'se12dl',
      to: ['mp:E14001085', 'council:E09000028'],
      supporter: { name: 'Ada Example', address: '1 Tooley Street, London' },
    });
    const { drafts } = await said(answer);
    expect(drafts.map(({ to }) => to)).toEqual(['mp:E14001085', 'council:E09000028']);
    for (const draft of drafts) {
      expect(draft).toMatchObject({
        subject: expect.any(String),
        template: expect.any(String),
        facts: expect.any(Array),
      });
      expect(draft.body).toMatch(/Yours sincerely,\n\nAda Example\n1 Tooley Street\nLondon\nSE1 2DL$/);
    }
  });

  test('drafts a letter to each of several councillors, whole and by name', async () => {
    const to = ['councillor:E09000028:1', 'councillor:E09000028:3'];
    const { drafts } = await said(await site.postJson('/api/v1/drafts', { postcode: 'SE1 2DL', to }));
    expect(drafts.map((draft) => draft['to'])).toEqual(to);
    expect(drafts[0]?.['body']).toMatch(/^\d+ \w+ \d{4}\n\nCouncillor for .*\n\nDear Councillor Example,\n\nI live/);
    expect(drafts[1]?.['body']).toContain('\n\nDear Councillor Specimen,\n\n');
  });

  test('says of a councillor without an address that only their page is left', async () => {
    const { body } = await json('/api/v1/addressees?postcode=M1%201AD');
    expect(body.addressees[1]).toMatchObject({ id: 'councillor:E08000003:2', party: 'Sample Group', reachable: 'web' });
  });

  test.each([
    [
      'another ward’s councillor',
      { postcode: 'SE1 2DL', to: ['councillor:E09000028:4'] },
      422,
      'not-your-representative',
    ],
    ['nothing', undefined, 400, 'bad-request'],
    ['no addressee', { postcode: 'SE1 2DL', to: [] }, 400, 'bad-request'],
    ['words for a list', { postcode: 'SE1 2DL', to: 'mp:E14001085' }, 400, 'bad-request'],
    ['somebody else’s MP', { postcode: 'SE1 2DL', to: ['mp:S14000061'] }, 422, 'not-your-representative'],
    ['a vacant seat', { postcode: 'AB10 1AB', to: ['mp:S14000061'] }, 409, 'vacant-seat'],
    ['no postcode', { postcode: 'hello', to: ['mp:E14001085'] }, 400, 'not-a-postcode'],
  ])('refuses to draft for %s', async (_, body, status, type) => {
    const answer = await site.postJson('/api/v1/drafts', body);
    expect({ status: answer.status, type: (await said(answer)).type }).toEqual({ status, type });
  });

  test('refuses a draft that is not JSON', async () => {
    const answer = await fetch(new URL('/api/v1/drafts', site.url), {
      method: 'POST',
      body: '{',
      headers: { 'Content-Type': 'application/json' },
    });
    expect({ status: answer.status, type: (await said(answer)).type }).toEqual({ status: 400, type: 'bad-request' });
  });

  test('says what is not there in its own form', async () => {
    expect(await json('/api/v1/nothing')).toMatchObject({ status: 404, body: { type: 'not-found' } });
  });

  test('answers that it is alive', async () => {
    expect(await json('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });
});
