/** Puts tables between their markers in a text: `<!-- name -->` … `<!-- /name -->`. */

export function withTables(text: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce((all, [name, table]) => {
    const place = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!place.test(all)) throw new Error(`there is no place for the table: <!-- ${name} --> … <!-- /${name} -->`);
    return all.replace(place, (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`);
  }, text);
}
