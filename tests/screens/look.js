/* Opens content files in Chromium, as a reading system shows them, and says what is wrong with each.
 *
 *     node look.js WIDTH[,WIDTH…] < list of files     with PUPPETEER_EXECUTABLE_PATH; a line of JSON for each file
 *
 * Each is seen by day and by night at each width. Looked for: what stands outside the page or its cell, unless a box that can be reached and
 * scrolled by keyboard holds it; text whose contrast with what it stands on is under 4.5 to 1; errors on the console, and files
 * that are not there.
 */
'use strict';
const puppeteer = require('puppeteer');
const readline = require('readline');
const { pathToFileURL } = require('url');

/* Runs in the page. */
function examine(least) {
  const faults = [];
  const page = document.documentElement.clientWidth;
  const named = element => {
    const words = element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40);
    return `${element.localName}${element.className && element.className.baseVal === undefined ? '.' + element.className.split(' ').join('.') : ''} “${words}”`;
  };
  const scrolls = element => /^(auto|scroll)$/.test(getComputedStyle(element).overflowX);

  /* Colours, as [r, g, b, alpha]: whatever notation the browser computes, painting it says what it is. */
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const colour = text => {
    if (!known.has(text)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = text;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(text, [r, g, b, a / 255]);
    }
    return known.get(text);
  };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const luminance = c => {
    const [r, g, b] = c.slice(0, 3).map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((m, n) => n - m);
    return (x + 0.05) / (y + 0.05);
  };
  const probe = document.createElementNS('http://www.w3.org/1999/xhtml', 'span');
  probe.style.backgroundColor = 'Canvas';
  document.body.append(probe);
  const paper = colour(getComputedStyle(probe).backgroundColor);
  probe.remove();
  const grounds = new Map();
  const ground = element => {
    if (!element) return paper;
    if (!grounds.has(element)) grounds.set(element, over(colour(getComputedStyle(element).backgroundColor), ground(element.parentElement)));
    return grounds.get(element);
  };

  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) faults.push(`the page is ${root.scrollWidth} wide`);

  for (const element of document.body.querySelectorAll('*'))
    if (scrolls(element) && element.scrollWidth > element.clientWidth && (element.tabIndex < 0 || !element.getAttribute('role') ||
        !(element.getAttribute('aria-label') || element.getAttribute('aria-labelledby'))))
      faults.push(`no keyboard reaches ${named(element)}, which scrolls`);

  const boxes = element => {
    let scroller = null, cell = null;
    for (let above = element; above; above = above.parentElement) {
      if (!cell && /^(td|th)$/.test(above.localName)) cell = above;
      if (!scroller && scrolls(above)) scroller = above;
    }
    return { scroller, cell };
  };
  const place = (element, rectangles) => {
    const { scroller, cell } = boxes(element);
    for (const r of rectangles) {
      if (r.width <= 1 || r.height <= 1) continue; /* nothing, or what is kept for those who listen */
      if (!scroller && (r.left < -0.5 || r.right > page + 0.5))
        return faults.push(`${named(element)} reaches from ${Math.round(r.left)} to ${Math.round(r.right)}`);
      const holder = cell && cell.getBoundingClientRect();
      if (holder && (r.left < holder.left - 0.5 || r.right > holder.right + 0.5))
        return faults.push(`${named(element)} reaches out of its cell, ${named(cell)}`);
    }
  };
  for (const element of document.body.querySelectorAll('img, svg, table, pre, hr, figure, aside')) place(element, element.getClientRects());

  let texts = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    if (!node.data.trim()) continue;
    const element = node.parentElement, style = getComputedStyle(element), range = document.createRange();
    range.selectNodeContents(node);
    const rectangles = [...range.getClientRects()].filter(r => r.width > 0 && r.height > 0);
    if (!rectangles.length || style.visibility !== 'visible') continue;
    texts++;
    place(element, rectangles);
    const below = ground(element), found = contrast(over(colour(style.color), below), below);
    if (found < least) faults.push(`contrast ${found.toFixed(2)} of ${named(element)}: ${style.color} on ${below.slice(0, 3).map(Math.round)}`);
  }
  return { faults: [...new Set(faults)], texts };
}

async function main() {
  const widths = process.argv[2].split(',').map(Number);
  const browser = await puppeteer.launch({
    executablePath: process.env.PUPPETEER_EXECUTABLE_PATH, headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--allow-file-access-from-files'],
  });
  const page = await browser.newPage();
  let console_ = [];
  page.on('console', message => { if (message.type() === 'error') console_.push(`console: ${message.text()}`); });
  page.on('pageerror', error => console_.push(`console: ${error.message}`));
  page.on('requestfailed', request => console_.push(`not there: ${request.url()}`));
  for await (const file of readline.createInterface({ input: process.stdin })) {
    if (!file) continue;
    console_ = [];
    const faults = [];
    let texts = 0;
    try {
      await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
      for (const scheme of ['light', 'dark']) {
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
        for (const width of widths) {
          await page.setViewport({ width, height: 800 });
          const seen = await page.evaluate(examine, 4.5);
          texts += seen.texts;
          faults.push(...seen.faults.map(fault => `${width} px, ${scheme}: ${fault}`));
        }
      }
    } catch (error) {
      faults.push(`not shown: ${error.message}`);
    }
    process.stdout.write(JSON.stringify({ file, faults: [...console_, ...faults], texts }) + '\n');
  }
  await browser.close();
}

main().catch(error => { console.error(error); process.exit(1); });
