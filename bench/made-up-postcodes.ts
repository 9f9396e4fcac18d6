import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Council } from '../src/domain/council.ts';
import { readConstituencies } from '../src/records/constituencies.ts';
import { councilsOn } from '../src/domain/council-on.ts';
import { readCouncils } from '../src/records/councils.ts';

/** The columns of ONSPD as of August 2025. */
const HEADER =
  'pcd7,pcd8,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,nhser,ctry,rgn,streg,pcon,eer,teclec,ttwa,pct,itl,statsward,oa01,casward,npark,lsoa01,msoa01,ur01ind,oac01,oa11,lsoa11,msoa11,wz11,sicbl,bua11,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,icb,oa21,lsoa21,msoa21';

const AREAS =
  'AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU HA HD HG HP HR HS HU HX IG IP IV KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE'.split(
    ' ',
  );
const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ'; // the inward half has no C, I, K, M, O, V
const UNITS = 120;
const SECTORS = 9;
const PER_OUTCODE = UNITS * SECTORS;
const WARDS_PER_COUNCIL = 22;
const ROWS_PER_CHUNK = 500;

const COUNTRIES = { England: 'E92000001', Scotland: 'S92000003', Wales: 'W92000004', 'Northern Ireland': 'N92000002' };

/** Every postcode of a made-up directory of so many rows, in the order in which ONS writes them. */
export function* madeUpPostcodes(rows: number): Generator<string> {
  const perArea = Math.ceil(rows / AREAS.length / PER_OUTCODE);
  let left = rows;
  for (const area of AREAS) {
    const outcodes = Array.from({ length: perArea }, (_, at) => `${area}${at + 1}`).sort();
    for (const outcode of outcodes) {
      for (let at = 0; at < PER_OUTCODE && left > 0; at++, left--) {
        const [sector, unit] = [Math.floor(at / UNITS) + 1, at % UNITS];
        yield `${outcode} ${sector}${LETTERS[Math.floor(unit / LETTERS.length)]}${LETTERS[unit % LETTERS.length]}`;
      }
    }
  }
}

/** Writes a zip like that of ONS, with made-up postcodes in real councils and constituencies, and made-up wards. A third of the postcodes have ended. */
export async function writeMadeUpZip(file: string, rows: number): Promise<void> {
  const zip = new ZipFile();
  zip.addReadStream(Readable.from(csvOf(rows)), 'Data/ONSPD_MADE_UP_UK.csv', { compressionLevel: 1 });
  zip.addBuffer(Buffer.from(tableOf('WD25', wardsOfAll())), 'Documents/WD Ward names and codes UK as at 05_25.csv');
  zip.addBuffer(Buffer.from(tableOf('CED25', divisionsOfAll())), 'Documents/CED names and codes EN as at 05_25.csv');
  zip.end();
  await pipeline(zip.outputStream as Readable, createWriteStream(file));
}

const data = new URL('../data/', import.meta.url);
const councils = councilsOn(readCouncils(data), '2026-11-23');
const { all: constituencies } = readConstituencies(data);
const districts = councils.filter(({ tier }) => tier !== 'county');
const constituencyOf = (council: Council, at: number) => {
  const touched = constituencies.filter(({ councilCodes }) => councilCodes.includes(council.code));
  return touched[at % touched.length]?.code ?? '';
};
const wardCode = (council: number, ward: number) =>
  `${districts[council]?.code[0] ?? 'E'}05${String(900_000 + council * WARDS_PER_COUNCIL + ward)}`;
const divisionCode = (council: number, ward: number) =>
  `E58${String(900_000 + council * WARDS_PER_COUNCIL + Math.floor(ward / 3))}`;

function* csvOf(rows: number): Generator<string> {
  const tails = districts.map((council, at) =>
    Array.from({ length: WARDS_PER_COUNCIL }, (_, ward) => codesOf(council, at, ward)),
  );
  let chunk = `${HEADER}\r\n`;
  let row = 0;
  for (const postcode of madeUpPostcodes(rows)) {
    const council = tails[Math.floor((row / rows) * tails.length)] ?? [];
    const { before = '', after = '' } = council[Math.floor(row / 15) % WARDS_PER_COUNCIL] ?? {};
    const [outward = '', inward = ''] = postcode.split(' ');
    const ended = row % 3 === 2 ? '201912' : '';
    const spread = (row * 2_654_435_761) % 4_294_967_296; // Knuth's multiplier: no two rows in a row are alike, as in the real one
    chunk += `"${outward.padEnd(4)}${inward}","${outward.padEnd(4)} ${inward}","${postcode}","198001","${ended}",${before},"${100_000 + (spread % 500_000)}","0${100_000 + (spread % 899_993)}",${after}${tailOf(spread)}`;
    if (++row % ROWS_PER_CHUNK === 0) {
      yield chunk;
      chunk = '';
    }
  }
  yield chunk;
}

/** What stands before and after the place's coordinates. */
function codesOf(council: Council, at: number, ward: number): { before: string; after: string } {
  const county = council.countyCode ?? 'E99999999';
  const division = council.countyCode === null ? 'E99999999' : divisionCode(at, ward);
  const quoted = (...values: string[]) => values.map((value) => `"${value}"`).join(',');
  return {
    before: quoted(county, division, council.code, wardCode(at, ward), 'E99999999', '0'),
    after: `${quoted('1', 'E18000001', 'E40000003', COUNTRIES[council.nation], 'E12000007', '0', constituencyOf(council, ward))},`,
  };
}

/** Everything behind the constituency, most of it small areas of the census: of no use to us, but it has to be read. */
function tailOf(spread: number): string {
  const small = String(10_000_000 + (spread % 89_999_999));
  const code = (kind: string) => `"E${kind}${small.slice(2)}"`;
  const codes = ['15', '24', '30', '16', '06'].map((kind) => `"E${kind}000${small.slice(0, 3)}"`).join();
  const census = `"99ZZ00","${code('0').slice(1, -1)}","01C30","E65000001",${code('01')},${code('02')},"6","3C2",${code('00')},${code('01')},${code('02')},${code('33')}`;
  const place = `${51 + (spread % 999_983) / 1e6},${(spread % 99_991) / 1e6}`;
  return `${codes},${census},"E38000244","E34999999","C1","1C1",${place},"E37000051","","E23000001",${spread % 32_844},"E56000010","E54000030",${code('00')},${code('01')},${code('02')}\r\n`;
}

function wardsOfAll(): [string, string][] {
  return districts.flatMap((_, council) =>
    Array.from({ length: WARDS_PER_COUNCIL }, (_, ward): [string, string] => [
      wardCode(council, ward),
      `Made-up Ward ${council} and ${ward}`,
    ]),
  );
}

function divisionsOfAll(): [string, string][] {
  return districts.flatMap(({ countyCode }, council) =>
    countyCode === null
      ? []
      : Array.from({ length: WARDS_PER_COUNCIL }, (_, ward): [string, string] => [
          divisionCode(council, ward),
          `Made-up Division ${council} and ${Math.floor(ward / 3)}`,
        ]),
  );
}

function tableOf(kind: string, named: readonly [string, string][]): string {
  return `\uFEFF${kind}CD,${kind}NM\r\n${named.map(([code, name]) => `${code},"${name}"\r\n`).join('')}`;
}
