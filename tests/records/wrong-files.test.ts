import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCampaigns } from '../../src/records/campaigns.ts';
import { readConstituencies } from '../../src/records/constituencies.ts';
import { readCouncils } from '../../src/records/councils.ts';
import { readExamples } from '../../src/records/examples.ts';
import { readFacts } from '../../src/records/facts.ts';
import { readPositions } from '../../src/records/positions.ts';
import { readTemplates } from '../../src/records/templates.ts';
import { readWords } from '../../src/records/words.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'records-'));
  mkdirSync(join(folder, 'campaigns'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const COUNCILS =
  'code,name,name_cy,area,tier,nation,county,website,moderngov,councillors_page,valid_from,valid_until,successor,former_codes\n';
const CONSTITUENCIES = 'code,name,nation,councils\n';
const SOUTHWARK =
  'E09000028,London Borough of Southwark,,Southwark,unitary,England,,https://www.southwark.gov.uk/,,https://www.southwark.gov.uk/councillors,,,,\n';
const OLD = 'E07000001,Old Town,,Old Town,unitary,England,,https://old.example/,,https://old.example/them,,';
const NEW = 'new-town-2027,New Town Council,,New Town,unitary,England,,,,,2027-04-01,,,\n';
const FACT = `
- id: a-fact
  text: A survey found it.
  audiences: [council]
  nations: [England]
  source: A survey
  url: null
  dated: "2022"
  review_by: "2027-05-23"
`;
const POSITION = `
- council: E09000028
  stance: uses
  text: The council said so.
  source: The council
  url: null
  dated: "2022-02"
`;

type Read = (folder: URL) => unknown;

const read = (reader: Read, file: string, text: string) => () => {
  writeFileSync(join(folder, file), text);
  return reader(pathToFileURL(`${folder}/`));
};

describe('a file that is right is read', () => {
  test.each<[string, Read, string]>([
    ['councils.csv', readCouncils, `\uFEFF${COUNCILS}${SOUTHWARK}`],
    [
      'constituencies.csv',
      readConstituencies,
      `${CONSTITUENCIES}E14001085,Bermondsey and Old Southwark,England,E09000028\r\n`,
    ],
    ['councils.csv', readCouncils, `${COUNCILS}${OLD}2027-03-31,new-town-2027,\n${NEW}`],
    ['facts.yaml', readFacts, FACT],
    ['positions.yaml', readPositions, POSITION],
  ])('%s', (file, reader, text) => {
    expect(read(reader, file, text)).not.toThrow();
  });
});

describe('a file that is wrong stops the start and is named, with the record and the reason', () => {
  test.each<[string, Read, string, string, RegExp]>([
    [
      'a council of an unknown tier',
      readCouncils,
      'councils.csv',
      COUNCILS + SOUTHWARK.replace('unitary', 'parish'),
      /councils\.csv line 2[\s\S]*tier/,
    ],
    [
      'a council that ends with nobody to follow',
      readCouncils,
      'councils.csv',
      `${COUNCILS}${OLD}2027-03-31,,\n`,
      /E07000001 ends, and nobody follows/,
    ],
    [
      'a council followed by one that is not there',
      readCouncils,
      'councils.csv',
      `${COUNCILS}${OLD}2027-03-31,new-town-2027,\n`,
      /E07000001 is followed by new-town-2027, which is not there/,
    ],
    [
      'a council followed by another without a last day',
      readCouncils,
      'councils.csv',
      `${COUNCILS}${OLD},new-town-2027,\n${NEW}`,
      /E07000001 is followed by new-town-2027, but has no last day/,
    ],
    [
      'a day between two councils',
      readCouncils,
      'councils.csv',
      `${COUNCILS}${OLD}2027-03-30,new-town-2027,\n${NEW}`,
      /new-town-2027 does not begin the day after E07000001 ends/,
    ],
    [
      'a council with an official code and no website',
      readCouncils,
      'councils.csv',
      COUNCILS + NEW.replace('new-town-2027', 'E06000099'),
      /E06000099 has no website/,
    ],
    [
      'a provisional code without its year',
      readCouncils,
      'councils.csv',
      COUNCILS + NEW.replace('new-town-2027', 'new-town'),
      /councils\.csv line 2[\s\S]*code/,
    ],
    [
      'a council without https',
      readCouncils,
      'councils.csv',
      COUNCILS + SOUTHWARK.replace('https', 'http'),
      /councils\.csv line 2[\s\S]*website/,
    ],
    [
      'a council listed twice',
      readCouncils,
      'councils.csv',
      COUNCILS + SOUTHWARK + SOUTHWARK,
      /councils\.csv has E09000028 twice/,
    ],
    [
      'a district without a county',
      readCouncils,
      'councils.csv',
      COUNCILS + SOUTHWARK.replace('unitary', 'district'),
      /E09000028 is a district/,
    ],
    [
      'a district under no county',
      readCouncils,
      'councils.csv',
      COUNCILS + SOUTHWARK.replace('unitary,England,', 'district,England,E10000016'),
      /E09000028 names no county: E10000016/,
    ],
    [
      'a row with a cell too few',
      readCouncils,
      'councils.csv',
      `${COUNCILS}E09000028,Southwark\n`,
      /Invalid Record Length/,
    ],
    [
      'a constituency without councils',
      readConstituencies,
      'constituencies.csv',
      `${CONSTITUENCIES}E14001085,Bermondsey,England,\n`,
      /constituencies\.csv line 2[\s\S]*are none/,
    ],
    [
      'a code that is not official',
      readConstituencies,
      'constituencies.csv',
      `${CONSTITUENCIES}14001085,Bermondsey,England,E09000028\n`,
      /is not an official code/,
    ],
    ['a fact without a nation', readFacts, 'facts.yaml', FACT.replace('[England]', '[]'), /facts\.yaml[\s\S]*nations/],
    [
      'a fact of a nation that is none',
      readFacts,
      'facts.yaml',
      FACT.replace('England', 'Cornwall'),
      /facts\.yaml[\s\S]*nations/,
    ],
    [
      'a fact that is no full sentence',
      readFacts,
      'facts.yaml',
      FACT.replace('it.', 'it'),
      /does not end with a full stop/,
    ],
    [
      'a fact to be reviewed on no day',
      readFacts,
      'facts.yaml',
      FACT.replace('2027-05-23', '2027-02-30'),
      /facts\.yaml[\s\S]*review_by/,
    ],
    ['a fact listed twice', readFacts, 'facts.yaml', FACT + FACT, /facts\.yaml has a-fact twice/],
    ['a fact with a word nobody knows', readFacts, 'facts.yaml', `${FACT}  colour: red\n`, /facts\.yaml[\s\S]*colour/],
    ['what is not YAML', readFacts, 'facts.yaml', '- id: [', /facts\.yaml is not YAML/],
    [
      'a position that is not known',
      readPositions,
      'positions.yaml',
      POSITION.replace('uses', 'not known'),
      /positions\.yaml[\s\S]*stance/,
    ],
    [
      'a position listed twice',
      readPositions,
      'positions.yaml',
      POSITION + POSITION,
      /positions\.yaml has E09000028 twice/,
    ],
    [
      'a campaign without its links',
      readCampaigns,
      'campaigns/one.yaml',
      'id: one\norganisation: One\ntitle: One\n',
      /one\.yaml[\s\S]*links/,
    ],
    [
      'an example with a postcode in small letters',
      readExamples,
      'examples.yaml',
      'places:\n  - { postcode: se1 2dl, nation: England, district: E09000028, county: null, ward: null, division: null, constituency: { code: E14001085, name: B } }\nseats: {}\ncouncillors: []\n',
      /is not a postcode/,
    ],
    [
      'an example with a real address',
      readExamples,
      'examples.yaml',
      'places: []\nseats:\n  E14001085: { name: Alex Example, email: alex@parliament.uk }\ncouncillors: []\n',
      /examples\.yaml[\s\S]*E14001085/,
    ],
    [
      'words with a sentence missing',
      readWords,
      'words.en.yaml',
      'offices: { mp: x }\n',
      /words\.en\.yaml[\s\S]*council/,
    ],
    [
      'a letter without front matter',
      readTemplates,
      'one.hbs',
      'Dear all\n',
      /one\.hbs does not begin with front matter/,
    ],
    [
      'a council letter for no position',
      readTemplates,
      'one.hbs',
      '---\ncampaign: one\naudience: council\nnations: [England]\nlanguage: en\nsubject: One\nfacts: {}\n---\nDear all\n',
      /one\.hbs[\s\S]*stances/,
    ],
  ])('%s', (_, reader, file, text, complaint) => {
    expect(read(reader, file, text)).toThrow(complaint);
  });
});
