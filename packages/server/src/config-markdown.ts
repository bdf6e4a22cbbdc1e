/** The table of variables as the README shows it. */
import { allowedValues, type Variable, variables } from './config-schema.ts';

export function configMarkdown(): string {
  const rows = Object.entries<Variable>(variables).map(([name, variable]) => {
    const given = Array.isArray(variable.default) ? variable.default.join(',') : String(variable.default);
    const shown = given === '' ? '' : `\`${given}\``;
    const allowed = allowedValues(variable);
    return `| \`${name}\` | ${shown} | ${variable.description} ${allowed.charAt(0).toUpperCase()}${allowed.slice(1)}. |`;
  });
  return ['| Variable | Default | What it is for |', '|---|---|---|', ...rows].join('\n');
}
