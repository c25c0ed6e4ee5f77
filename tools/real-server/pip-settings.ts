/** uv does not read pip's configuration: how each of pip's settings is called there. */
const UV_NAMES: Readonly<Record<string, { readonly variable: string; readonly separator: string }>> = {
  "index-url": { variable: "UV_DEFAULT_INDEX", separator: "" },
  "extra-index-url": { variable: "UV_INDEX", separator: " " },
  "find-links": { variable: "UV_FIND_LINKS", separator: "," },
  "trusted-host": { variable: "UV_INSECURE_HOST", separator: " " },
  cert: { variable: "SSL_CERT_FILE", separator: "" },
};

/**
 * Environment variables that make uv use the package index that pip is configured for.
 *
 * @param pipConfigList what `pip config list` prints: lines `section.name='value'`, environment variables last.
 * @param env variables that are already set win.
 */
export function uvEnvironmentOf(
  pipConfigList: string,
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const line of pipConfigList.split("\n")) {
    const [, name, value] = /^[^=]*\.([a-z-]+)='(.*)'$/.exec(line.trim()) ?? [];
    const uv = name === undefined ? undefined : UV_NAMES[name];
    if (uv === undefined || !value || env[uv.variable] !== undefined) continue;
    // A list is printed with its line breaks written out.
    const values = value.split(/\s+|\\n/).filter(Boolean);
    result[uv.variable] = uv.separator === "" ? value : values.join(uv.separator);
  }
  return result;
}
