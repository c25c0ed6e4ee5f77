import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorkplace, type Workplace } from "../testing/workplace.ts";
import { assertFilePlace, makeOutputFolder } from "./output-place.ts";

let place: Workplace;
beforeAll(() => {
  place = createWorkplace();
  place.write("file", "");
  place.write("folder.json/x", "");
});
afterAll(() => place?.remove());

const LONG = "n".repeat(300);

test.each([
  ["folder.json", "it is a folder"],
  ["new/", "it is a folder"],
])("the file %s is refused", async (path, reason) => {
  const refused = assertFilePlace(join(place.path, path));
  await expect(refused).rejects.toMatchObject({
    code: "INVALID_PARAMETER",
    message: expect.stringContaining(reason),
  });
});

test.each([
  ["file", "it is a file"],
  ["file/below", "a part of the path is a file"],
  [LONG, "longer than the file system takes"],
  ["results.JSONL", "--output names a file"],
])("the folder %s is refused", async (path, reason) => {
  const refused = makeOutputFolder(join(place.path, path));
  await expect(refused).rejects.toMatchObject({
    code: "INVALID_PARAMETER",
    message: expect.stringContaining(reason),
  });
});

test("files and folders that are there, or can be made, are taken", async () => {
  await assertFilePlace(join(place.path, "file"));
  await assertFilePlace(join(place.path, "none/new.json"));
  await makeOutputFolder(join(place.path, "folder.json"));
  await makeOutputFolder(join(place.path, "new/results.v2"));
  expect(await makeOutputFolder(join(place.path, "new/results.v2"))).toBeUndefined();
});
