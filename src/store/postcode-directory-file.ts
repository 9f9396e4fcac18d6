// The tables of an operator's postcode directory: a SQLite file of its own, written once and then only read.
export const FORMAT = 2;

export const TABLES = `
  create table outcodes (number integer primary key, rows blob not null) strict;
  create table areas (
    id integer primary key, nation text not null, district text not null, county text, ward text, division text,
    constituency text
  ) strict;
  create table names (code text primary key, name text not null, council text) strict, without rowid;
  create table about (
    format integer not null, release text not null, source text not null, rows integer not null, imported_at text not null
  ) strict;
`;

/** Where a postcode lies, in official codes; null where the directory has only a placeholder. */
export interface AreaCodes {
  /** A nation, or one of the islands that are in none. */
  readonly nation: string;
  readonly districtCode: string;
  readonly countyCode: string | null;
  readonly wardCode: string | null;
  readonly divisionCode: string | null;
  readonly constituencyCode: string | null;
}

export interface DirectoryRow extends AreaCodes {
  readonly postcode: string;
  /** YYYYMM of the month in which it ended; null while in use. */
  readonly ended: number | null;
}

export interface AboutDirectory {
  /** "ONSPD_AUG_2025_UK". */
  readonly release: string;
  readonly source: string;
  readonly rows: number;
  readonly importedAt: Date;
}
