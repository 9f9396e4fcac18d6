/** The columns that are read, as releases since 2025 call them, with one between them that is not. */
export const HEADER = 'pcds,doterm,cty25cd,ced25cd,lad25cd,wd25cd,oa21cd,ctry25cd,pcon24cd';

/** Two tiers; London; one that has ended; one of the islands. */
export const CHALGROVE = 'OX49 5NU,,E10000025,E58001732,E07000179,E05009735,E00145938,E92000001,E14001280';
export const SOUTHWARK = 'SE1 2DL,,E99999999,E99999999,E09000028,E05011104,E00019871,E92000001,E14001085';
export const ENDED = 'SE1 9ZZ,199812,E99999999,E99999999,E09000028,E05011104,E00019871,E92000001,E14001085';
export const JERSEY = 'JE2 4WD,,L99999999,L99999999,L99999999,L99999999,L99999999,L93000001,L99999999';

/** A directory of these lines, each ended as ONS ends them. */
export function csvOf(...lines: readonly string[]): string {
  return [HEADER, ...lines].map((line) => `${line}\r\n`).join('');
}

export const WARDS = '\uFEFFWD25CD,WD25NM\r\nE05009735,Chalgrove\r\nE05011104,London Bridge & West Bermondsey\r\n';
export const DIVISIONS = 'CED25CD,CED25NM\r\nE58001732,Chalgrove and Watlington\r\nE99999999,(pseudo) England\r\n';
