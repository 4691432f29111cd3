// What every page loads, and the script of an exam, compressed, against the promise for a weak network. Run after the build.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";

const LIMITS = { everything: 150_000, script: 60_000, exam: 20_000 }; // bytes over the wire
const dist = resolve(import.meta.dirname, "dist");
const manifest = JSON.parse(readFileSync(resolve(dist, "manifest.json"), "utf8"));
const weigh = (file) => gzipSync(readFileSync(resolve(dist, file)), { level: 9 }).length;

const site = manifest["site/main.ts"];
const files = [site.file, ...(site.css ?? []), ...(site.assets ?? []), manifest["icons.svg"].file, manifest["brand.svg"].file];
const sizes = {
  everything: files.reduce((sum, file) => sum + weigh(file), 0),
  script: weigh(site.file),
  exam: weigh(manifest["exam/main.ts"].file),
};
for (const [name, limit] of Object.entries(LIMITS)) {
  console.log(`${name}: ${sizes[name]} of ${limit} bytes`);
  if (sizes[name] > limit) process.exitCode = 1;
}
