import { expect, test } from "vitest";
import { renderPage } from "./page.ts";
import { formatTable } from "./table.ts";

test("text of a page is escaped", () => {
  const cells = [{ picture: 'a"b.png', caption: "1 < 2 & 3" }];
  const html = renderPage("<t>", "n", ["<h>"], [{ name: "x", cells }]);
  expect(html).toContain("<title>&lt;t&gt;</title>");
  expect(html).toContain('src="a&quot;b.png"');
  expect(html).toContain("<figcaption>1 &lt; 2 &amp; 3</figcaption>");
});

test("columns of a table are as wide as their widest cell", () => {
  expect(formatTable(["a", "bb"], [["xyz", "1"]])).toBe("a    bb\n---  --\nxyz  1");
});
