import type { Frame } from 'playwright-core';

/** What stands in the cells of a log strip, in the order of the offsets. */
export async function cells(page: Frame, topic?: string): Promise<readonly string[]> {
  const figure = topic === undefined ? 'figure' : `figure[data-topic="${topic}"]`;
  const places = await page.locator(`${figure} .log-strip .place[data-offset]`).all();
  return Promise.all(places.map(async (place) => (await place.getAttribute('data-value')) ?? ''));
}

/** The words of the diagram's rows; SVG elements have no `innerText`. */
export async function rowTexts(page: Frame, rows = '.diagram [data-row]'): Promise<readonly string[]> {
  return page.locator(rows).allTextContents();
}

/** The lines of what the client knows, and of what is true. */
export async function knowledge(page: Frame): Promise<readonly (readonly string[])[]> {
  const columns = await page.locator('.knowledge > div').all();
  return Promise.all(columns.map((column) => column.locator('li > span:last-child').allTextContents()));
}
