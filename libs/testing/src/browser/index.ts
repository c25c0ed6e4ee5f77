export { type ChromiumPage, openInChromium, whyNoChromium } from "./chromium.ts";
export { openScriptPage, type PostHandler } from "./script-page.ts";
