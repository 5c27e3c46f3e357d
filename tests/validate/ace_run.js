/* Has Ace look at EPUB files, all in one Chromium. Each line of standard input is a file. For each, one line goes out: "PASS FILE", or "FAIL FILE" and
 * then, indented, every violation; none for what Ace could not look at: standard error says why. NODE_PATH says where Ace is. */
"use strict";

const fs = require("fs");
const os = require("os");
const path = require("path");
const readline = require("readline");
const ace = require("@daisy/ace-core");
const runner = require("@daisy/ace-axe-runner-puppeteer");
const winston = require("winston"); // with which Ace keeps a log

const AT_ONCE = 2;
const one_browser = { ...runner, launch: async () => {}, close: async () => {} }; // Ace would begin and end one for every file

function violations(report) {
    return report.assertions.flatMap((item) => item.assertions.map((found) => {
        const test = found["earl:test"], said = String(found["earl:result"]["dct:description"]).slice(0, 300).replaceAll("\n", " ");
        return `${test["earl:impact"]}: ${test["dct:title"]} in ${item["earl:testSubject"].url}: ${said}`;
    }));
}

async function look(file, folder) {
    const place = (name) => fs.mkdtempSync(path.join(folder, name));
    const [, report] = await ace(file, { cwd: process.cwd(), outdir: place("out-"), tmpdir: place("in-"), silent: true }, one_browser);
    return violations(report);
}

async function look_at_all(files, folder) {
    let good = true;
    for (let file; (file = files.shift()) !== undefined;) {
        try {
            const found = await look(file, folder);
            process.stdout.write([(found.length === 0 ? "PASS " : "FAIL ") + file, ...found.map((line) => "  " + line)].join("\n") + "\n");
            good = good && found.length === 0;
        } catch (error) {
            process.stderr.write(`${file}: ${error.stack || error}\n`);
            good = false;
        }
    }
    return good;
}

async function main() {
    winston.configure({ silent: true, transports: [new winston.transports.Console()] });
    const files = [];
    for await (const line of readline.createInterface({ input: process.stdin })) files.push(line);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ace-"));
    await runner.launch();
    const good = await Promise.all(Array.from({ length: AT_ONCE }, () => look_at_all(files, folder)));
    await runner.close();
    fs.rmSync(folder, { recursive: true });
    process.exitCode = good.every(Boolean) ? 0 : 1;
}

main();
