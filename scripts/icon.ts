// npm run icon: media/icon.png from media/icon.svg, drawn by a real Chromium.
import { readFile, stat } from 'node:fs/promises';
import { launchChromium } from '../test/harness/chromium.js';

const size = 128;

async function main(): Promise<void> {
  const drawing = await readFile('media/icon.svg', 'utf8');
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(
      `<style>body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>${drawing}`,
    );
    await page.screenshot({ path: 'media/icon.png', omitBackground: true });
  } finally {
    await browser.close();
  }
  console.log(`media/icon.png: ${size} × ${size} pixels, ${(await stat('media/icon.png')).size} bytes`);
}

void main();
