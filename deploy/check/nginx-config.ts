/** deploy/nginx/nginx.conf with its variables filled in, as `envsubst` does it. */
import { readFile } from 'node:fs/promises';
import { deployFile } from './check.ts';

export interface NginxVariables {
  readonly NGINX_LISTEN: string;
  readonly NGINX_TMP: string;
  readonly NGINX_SERVERS: string;
}

/** Throws for a variable of the file that is not among them. */
export async function nginxConfig(variables: NginxVariables): Promise<string> {
  const template = await readFile(deployFile('nginx/nginx.conf'), 'utf8');
  return template.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    if (!(name in variables)) throw new Error(`nginx.conf asks for ${name}`);
    return variables[name as keyof NginxVariables];
  });
}
