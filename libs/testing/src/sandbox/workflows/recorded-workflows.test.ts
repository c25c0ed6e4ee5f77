import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { startSandbox } from "../sandbox.ts";

/**
 * Requests about workflows and what the real server 1.8.3 answered. Left out of the comparison: ids, times and pixels, and the lists
 * of blocks and operations in messages, because the sandbox has only a handful of them.
 */
const VOLATILE = new Set(["detection_id", "inference_id", "id", "frame_timestamp"]);

interface Recorded {
  readonly name: string;
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown };
  readonly response: { readonly status: number; readonly body: unknown };
}

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url), "utf8"));
const recorded: readonly Recorded[] = fixture("recorded-workflows.json");

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The part of a text that has to be the same. Sets have no order on the server. */
const comparable = (text: string) =>
  text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, "<uuid>")
    .replace(
      /expected tags: '?(roboflow_core|<tags>|StringToLowerCase|SequenceLength)[^[]*/g,
      "expected tags: …",
    )
    .replace(/Allowed kinds[^[]*\[[^\]]*\]/, (list) =>
      list
        .split(/[[\], ]+/)
        .sort()
        .join(" "),
    );

function valueDifferences(real: unknown, ours: unknown, path: string): string[] {
  if (typeof real === "number" && typeof ours === "number") {
    const tolerance = path.includes("confidence") ? 0.06 : 0;
    return Math.abs(real - ours) <= tolerance ? [] : [`${path}: real ${real}, sandbox ${ours}`];
  }
  const same =
    typeof real === "string" && typeof ours === "string"
      ? comparable(real) === comparable(ours) || (real === "<jpeg>" && ours.startsWith("/9j/"))
      : real === ours;
  return same ? [] : [`${path}: real ${JSON.stringify(real)}, sandbox ${JSON.stringify(ours)}`];
}

function differences(real: unknown, ours: unknown, path: string): string[] {
  if (Array.isArray(real) && isObject(ours)) {
    return differences([...real].sort(), Object.keys(ours).sort(), path);
  }
  if (Array.isArray(real) && Array.isArray(ours)) {
    if (real.length !== ours.length) return [`${path}: real ${real.length} items, sandbox ${ours.length}`];
    return real.flatMap((item, index) => differences(item, ours[index], `${path}[${index}]`));
  }
  if (!isObject(real) || !isObject(ours)) return valueDifferences(real, ours, path);
  return [...new Set([...Object.keys(real), ...Object.keys(ours)])].flatMap((key) =>
    VOLATILE.has(key) && key in real && key in ours
      ? []
      : differences(real[key], ours[key], `${path}.${key}`),
  );
}

test("answers requests about workflows as the real server did", async () => {
  await using sandbox = await startSandbox();
  const wrong: Record<string, string[]> = {};
  for (const { name, request, response } of recorded) {
    const body = request.body === null ? null : JSON.stringify(request.body);
    const reply = await fetch(sandbox.url + request.path, {
      method: request.method,
      headers: { "content-type": "application/json" },
      body,
    });
    const found = differences(response.body, await reply.json(), "");
    if (reply.status !== response.status) {
      found.push(`status: real ${response.status}, sandbox ${reply.status}`);
    }
    if (found.length > 0) wrong[name] = found;
  }
  expect(wrong).toEqual({});
  expect(recorded.length).toBeGreaterThan(125);
});

/** The forms of a property without the words for people, in an order that does not depend on where they stand. */
function forms(property: unknown): unknown {
  if (!isObject(property)) return property;
  const { title: _title, relevant_for: _relevant, ge: _ge, le: _le, anyOf, ...rest } = property;
  const keep = ({ always_visible: _visible, values_metadata: _values, ...others }: typeof rest) => others;
  if (!Array.isArray(anyOf)) return keep(rest);
  return { ...keep(rest), anyOf: new Set(anyOf) };
}

/** What the sandbox's blocks describe more plainly than the server: choices of words, and colours. */
const PLAINER = new Set([
  "background_color",
  "color_palette",
  "color_axis",
  "confidence_mode",
  "mask_opacity",
]);

/** Blocks whose empty parameters have a default that the server's schema does not name. */
const UNNAMED_DEFAULT = new Set(["operations_parameters", "operations"]);

test("describes its blocks as the real server does", async () => {
  await using sandbox = await startSandbox();
  const reply = await fetch(`${sandbox.url}/workflows/blocks/describe`, { method: "POST" });
  const answer = await reply.json();
  const real: readonly Record<string, unknown>[] = fixture("described-blocks.json");
  expect(answer.blocks).toHaveLength(real.length);
  for (const expected of real) {
    const ours = answer.blocks.find(
      (block: Record<string, unknown>) =>
        block.manifest_type_identifier === expected.manifest_type_identifier,
    );
    const { block_schema: schema, ...fields } = ours;
    const { block_schema: wanted, ...rest } = expected;
    expect(fields).toEqual(rest);
    if (!isObject(wanted) || !isObject(wanted.properties)) throw new Error("no schema in the fixture");
    expect(schema.required).toEqual(wanted.required);
    expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(wanted.properties).sort());
    for (const [name, property] of Object.entries(wanted.properties)) {
      if (PLAINER.has(name) || UNNAMED_DEFAULT.has(name)) continue;
      expect(forms(schema.properties[name]), `${expected.manifest_type_identifier} ${name}`).toEqual(
        forms(property),
      );
    }
  }
});
