/** The document of a page: everything people see is drawn by its script. Knows no file names but those it is given. */

export interface PageFiles {
  script: string;
  stylesheet: string;
  icon: string;
}

export function pageHtml(title: string, { script, stylesheet, icon }: PageFiles): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="dark light">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0e1120">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#f5f4ef">
<meta name="description" content="Live quizzes and votes: join with a code, answer on your phone.">
<title>${title} · Partyline</title>
<link rel="icon" type="image/svg+xml" href="${icon}">
<link rel="stylesheet" href="${stylesheet}">
<script type="module" src="${script}"></script>
</head>
<body>
<div id="app"><p class="boot">Loading…</p></div>
<noscript><p class="boot">Partyline needs JavaScript. Please turn it on for this page, then reload.</p></noscript>
</body>
</html>
`;
}
