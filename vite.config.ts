// Builds frontend/dist: one entry per behaviour, a manifest for the `{% vite %}` tag, and one icon sprite.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const root = import.meta.dirname;

/** Draws the icons named in frontend/icons.txt into one sprite, so that a page fetches one small file. */
function iconSprite(): Plugin {
  const list = resolve(root, "frontend/icons.txt");
  return {
    name: "icon-sprite",
    buildStart() {
      this.addWatchFile(list);
    },
    generateBundle() {
      const names = readFileSync(list, "utf8")
        .split("\n")
        .map((line) => line.replace(/#.*/, "").trim())
        .filter(Boolean);
      const symbols = [...new Set(names)].sort().map(symbol).join("\n");
      this.emitFile({
        type: "asset",
        name: "icons.svg",
        originalFileName: "icons.svg", // its key in the manifest
        source: `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols}\n</svg>\n`,
      });
      this.emitFile({
        type: "asset",
        name: "brand.svg",
        originalFileName: "brand.svg",
        source: readFileSync(resolve(root, "frontend/site/brand.svg")),
      });
    },
  };
}

/** Lays a .br and a .gz beside each text file: whoever serves the folder sends the small one. */
function compressed(): Plugin {
  return {
    name: "compressed",
    writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle).filter((file) => /\.(js|css|svg)$/.test(file))) {
        const path = resolve(dir ?? root, name);
        const bytes = readFileSync(path);
        writeFileSync(`${path}.br`, brotliCompressSync(bytes));
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

function symbol(name: string): string {
  const folder = name.endsWith("-filled") ? "filled" : "outline";
  const file = resolve(root, "node_modules/@tabler/icons/icons", folder, `${name.replace(/-filled$/, "")}.svg`);
  const paths = readFileSync(file, "utf8")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<\/?svg[^>]*>/g, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" ?\/>/, "")
    .replace(/\s+/g, " ")
    .trim();
  return `<symbol id="${name}" viewBox="0 0 24 24">${paths}</symbol>`;
}

export default defineConfig({
  root: resolve(root, "frontend"),
  base: "/static/",
  publicDir: false,
  plugins: [iconSprite(), compressed()],
  css: { preprocessorOptions: { scss: { loadPaths: [resolve(root, "node_modules")] } } },
  build: {
    outDir: resolve(root, "frontend/dist"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: ["chrome87", "firefox91", "safari15"],
    // The policy of the pages allows no data: stylesheet or script; only pictures may be inlined.
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      checks: { eval: false }, // htmx's, switched off on every page by allowEval
      input: {
        site: resolve(root, "frontend/site/main.ts"),
        exam: resolve(root, "frontend/exam/main.ts"),
        "exam-worker": resolve(root, "frontend/exam/worker.ts"),
        screen: resolve(root, "frontend/screen/main.ts"),
        roll: resolve(root, "frontend/roll/main.ts"),
        room: resolve(root, "frontend/room/main.ts"),
        practical: resolve(root, "frontend/practical/main.ts"),
        patrol: resolve(root, "frontend/patrol/main.ts"),
        check: resolve(root, "frontend/check/main.ts"),
        "kept-worker": resolve(root, "frontend/kept/worker.ts"),
        upload: resolve(root, "frontend/upload/main.ts"),
        live: resolve(root, "frontend/live/main.ts"),
      },
    },
  },
});
