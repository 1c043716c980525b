// Makes the entries of tests/sources/citations.json anew from its items, with citeproc-js and the styles of the CSL project:
//
//   npm install citeproc
//   node tests/sources/oracle.js <folder of styles (.csl)> <folder of locales (.xml)>
//
// The styles are those of https://github.com/citation-style-language/styles, the locales of …/locales. Four things are done to
// what goes in or comes out, since the style or the program is wrong about them, and sinorus is not to be wrong with it:
//   1. names of containers keep their capitals (Chicago would make "example.org" into "Example.Org");
//   2. Chicago leaves unsigned entries of an encyclopaedia out of a bibliography: they go in as documents;
//   3. GOST prints an address for web pages alone, which the standard does not say: of other items the address is taken away,
//      and the test sees that ours stands at the end;
//   4. GOST leaves the comma or colon of a missing place: taken away.
const CSL = require("citeproc"), fs = require("fs"), path = require("path");
const [, , styles, locales] = process.argv;
const file = path.join(__dirname, "citations.json");
const STYLES = {
  chicago: ["chicago-notes-bibliography", "en-US"],
  apa: ["apa", "en-US"],
  "gb-t-7714": ["china-national-standard-gb-t-7714-2015-numeric", "zh-CN"],
  gost: ["gost-r-7-0-5-2008", "ru-RU"],
};
const CJK = /[\u3040-\u30ff\u3400-\u9fff]/;

function given(item, style) {
  const one = JSON.parse(JSON.stringify(item));
  const container = one["container-title"];
  if (container && !CJK.test(container)) one["container-title"] = `<span class="nocase">${container}</span>`;
  if (style === "chicago" && one.type === "entry-encyclopedia" && !one.author) one.type = "document";
  if (style === "gost" && one.type !== "webpage") delete one.URL;
  return one;
}

function plain(html, style) {
  const text = html.replace(/\s*<div class="csl-left-margin">.*?<\/div>/, "").replace(/<\/?(div|span)[^>]*>/g, "").trim();
  const shown = text.replace(/&#38;/g, "&").replace(/&#60;/g, "<").replace(/&#62;/g, ">");
  return style === "gost" ? shown.replace(/^1\. /, "").replace(/([.?]) [,:] /, "$1 ") : shown;
}

const rows = JSON.parse(fs.readFileSync(file, "utf8"));
for (const [name, [style, locale]] of Object.entries(STYLES)) {
  const items = Object.fromEntries(rows.map(({ item }) => [item.id, given(item, name)]));
  const sys = {
    retrieveLocale: (lang) => {
      const found = path.join(locales, `locales-${lang}.xml`);
      return fs.existsSync(found) ? fs.readFileSync(found, "utf8") : "";
    },
    retrieveItem: (id) => items[id],
  };
  const engine = new CSL.Engine(sys, fs.readFileSync(path.join(styles, `${style}.csl`), "utf8"), locale, true);
  for (const row of rows) {
    engine.updateItems([row.item.id]);
    row[name] = plain(engine.makeBibliography()[1].join(""), name);
  }
}
fs.writeFileSync(file, `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`);
