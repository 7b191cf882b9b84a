// Runs inside of the page, as text: what is timed is the page's own work, without the channel to the browser.

/** Milliseconds from the arrival of the data to the verdict, laid out; and to the whole page with its diagram. */
globalThis.firstPaint = async (page) => {
  globalThis.dispatchEvent(
    new MessageEvent('message', { data: { type: 'strings', language: 'en', bundle: {} } }),
  );
  const start = performance.now();
  globalThis.dispatchEvent(new MessageEvent('message', { data: { type: 'page', page } }));
  document.body.getBoundingClientRect();
  const paint = performance.now() - start;
  while (document.querySelector('.stage:not([hidden]) .diagram') === null)
    await new Promise((resolve) => setTimeout(resolve));
  document.body.getBoundingClientRect();
  return { paint, whole: performance.now() - start };
};

/** Milliseconds of each step: from the key to the end of layout. One step a frame, as a held key gives them. */
globalThis.steps = async (count) => {
  const drawing = document.querySelector('.drawing');
  const durations = [];
  for (let step = 0; step < count; step += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const start = performance.now();
    drawing.dispatchEvent(
      new KeyboardEvent('keydown', { key: step % 20 < 10 ? 'ArrowLeft' : 'ArrowRight', bubbles: true }),
    );
    document.body.getBoundingClientRect();
    durations.push(performance.now() - start);
  }
  return durations;
};
