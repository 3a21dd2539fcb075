// Notes, in milliseconds since the page began to load or since a key was pressed, when its first useful content is up to date
// (`useful`) and when its content changed for the last time (`whole`). Runs in the page: nothing outside takes part in the time.
(() => {
  const CONTENT = {
    chiffre: ".chiffre",
    tableau: "figure.tableau table, [data-testid=stDataFrame] canvas",
    graphique: "[data-testid=stVegaLiteChart] :is(canvas, svg)",
    commentaire: "article",
  };
  const QUIET = 700; // a page that changes again within this time was not whole
  const LATE = 2000; // the same for a page that has shown nothing useful, which may be loading the code that shows it
  const paint = (window.usefulPaint = { start: 0, runs: 0, useful: null, what: null, whole: 0, isStale: true });

  const app = () => document.querySelector("[data-testid=stApp]");
  const main = () => document.querySelector("[data-testid=stMain]");
  const isRunning = () => app()?.dataset.testScriptState !== "notRunning";
  const isFresh = (element) => element.checkVisibility() && !element.closest("[data-stale=true]");
  const since = () => performance.now() - paint.start;

  window.paintAgain = () => Object.assign(paint, { start: null, runs: 0, useful: null, what: null, whole: 0, isStale: false });
  window.paintIsDone = () =>
    paint.start !== null && paint.runs > 0 && !isRunning() && since() - paint.whole > (paint.useful === null ? LATE : QUIET);

  const look = () => {
    requestAnimationFrame(look);
    if (paint.start === null || paint.runs === 0 || !paint.isStale || paint.useful !== null) return;
    const shown = Object.entries(CONTENT).find(([, selector]) => [...(main()?.querySelectorAll(selector) ?? [])].some(isFresh));
    if (shown) [paint.what, paint.useful] = [shown[0], since()];
  };
  const note = (changes) => {
    if (paint.start === null) return;
    if (changes.some((change) => change.target === app()) && isRunning()) paint.runs += 1;
    if (changes.some((change) => change.target.dataset?.stale === "true")) paint.isStale = true; // what stood there before is known to be old
    if (changes.some((change) => main()?.contains(change.target))) paint.whole = since();
  };

  addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && paint.start === null) paint.start = performance.now();
    },
    true,
  );
  new MutationObserver(note).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["data-test-script-state", "data-stale"],
  });
  requestAnimationFrame(look);
})();
