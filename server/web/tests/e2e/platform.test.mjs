/** The whole platform in a real browser: a doctor uploads a night and reads it, a patient opens a link, and nothing breaks without scripts. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoSidewaysScroll, cleanContext, DESKTOP, drop, launch, PHONE_CONTEXT, shot } from "./support/browser.mjs";
import { BAD_FILES, CSV, fixturePath, GOLDEN, realNight } from "./support/fixtures.mjs";
import { madeUpNight } from "./support/viewer.mjs";
import { logIn, startPlatform, switchLanguage } from "./support/platform.mjs";

const night = realNight();
const WITHOUT_SCRIPTS = { context: { javaScriptEnabled: false } };

let browser;
let platform;
before(async () => {
  browser = await launch();
  platform = await startPlatform();
});
after(async () => {
  await browser.close();
  await platform.stop();
});

/** A story in a browser of its own; at its end no error, warning of the content policy or broken request may be left. */
function story(name, run, { context: options = {}, skip = false } = {}) {
  test(name, { skip }, async () => {
    const { context, troubles, open } = await cleanContext(browser, options);
    const page = await open();
    try {
      await run(page, context);
      assert.deepEqual(troubles, []);
    } finally {
      await context.close();
    }
  });
}

/** A recording's page, also where the file was there already. */
const RECORDING = /\/recordings\/[^/?]+(\?duplicate=1)?$/;

const goTo = (page, path) => page.goto(`${platform.address}${path}`);

/** Uploads one file through the page's script and waits for its recording page. */
async function upload(page, path) {
  await goTo(page, "/recordings");
  await page.waitForSelector("#upload.is-enhanced");
  await Promise.all([page.waitForURL(RECORDING), page.setInputFiles("#upload input[type=file]", path)]);
  return page.url().replace(/\?.*/, "");
}

async function chartReady(page) {
  await page.waitForSelector("#night[data-chart=ready]");
  assert.equal(await page.getAttribute("#night", "data-numbers"), "equal", "browser and server must agree");
  assert.ok(await page.locator(".night-panel canvas").count() >= 2);
}

/** Every number of the page, unrounded, by its path. */
async function numbersOf(page) {
  const all = await page.locator("#numbers [data-metric]").evaluateAll((shown) => shown.map((dd) => [dd.dataset.metric, dd.dataset.value]));
  return Object.fromEntries(all);
}

const at = (value, path) => path.split(".").reduce((here, step) => here?.[step] ?? null, value);

function assertEqualNumbers(shown, summary) {
  assert.ok(Object.keys(shown).length >= 30);
  for (const [path, value] of Object.entries(shown)) {
    const expected = at(summary, path);
    if (expected === null) assert.equal(value, "", path);
    else assert.ok(Math.abs(Number(value) - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${path}: ${value} for ${expected}`);
  }
}

/** Makes a link on the recording page that is open and returns it. */
async function makeLink(page) {
  await Promise.all([page.waitForEvent("load"), page.click("form[action$='/links'] button[type=submit]")]);
  return page.inputValue("input#link");
}

async function revokeLinks(page, recording) {
  await page.goto(recording);
  while ((await page.locator("form[action$='/revoke'] button").count()) > 0) {
    await Promise.all([page.waitForEvent("load"), page.locator("form[action$='/revoke'] button").first().click()]);
  }
}

story("an uploaded night shows its chart, and the numbers of server, browser and golden file are the same", async (page) => {
  await logIn(page, platform.address);
  await upload(page, fixturePath(CSV));
  await chartReady(page);
  assertEqualNumbers(await numbersOf(page), GOLDEN[CSV].summary);
  await shot(page, "recording-synthetic-ro");
});

story("night 1001 shows the known numbers and a chart that opens below 70", async (page) => {
  await logIn(page, platform.address);
  await upload(page, night.path);
  await chartReady(page);
  const shown = await numbersOf(page);
  for (const [path, value] of Object.entries(night.numbers)) assert.equal(Number(shown[path]), value, path);
  await shot(page, "recording-1001-ro");
}, { skip: night === null && "OXI_REAL_NIGHTS is not set" });

story("the chart of an uploaded night zooms and reads out values", async (page) => {
  await logIn(page, platform.address);
  await upload(page, fixturePath(CSV));
  await chartReady(page);
  const whole = await page.textContent(".night-window");
  const plot = page.locator(".night-panel-spo2 .u-over");
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 80);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 90, { steps: 4 });
  await page.mouse.up();
  assert.notEqual(await page.textContent(".night-window"), whole);
  assert.match(await page.textContent("[data-reading=time]"), /^\d\d:\d\d:\d\d$/);
  assert.match(await page.textContent("[data-reading=spo2]"), /^(\d+ %|fără citire)$/);
});

story("several files at once: each is reported on its own, the bad ones with the reason in Romanian", async (page) => {
  await logIn(page, platform.address);
  await goTo(page, "/recordings");
  await page.waitForSelector("#upload.is-enhanced");
  const [empty, picture, header, row] = [BAD_FILES.empty, BAD_FILES.picture, BAD_FILES.header, BAD_FILES.row];
  await page.setInputFiles("#upload input[type=file]", [empty, picture, header, row]);
  await page.locator(".upload-sum").waitFor();
  const lines = await page.locator(".upload-line.is-refused").allTextContents();
  assert.equal(lines.length, 4);
  assert.match(lines[0], /gol\.csv: refuzat .*Fișierul este gol/);
  assert.match(lines[1], /poza\.csv: refuzat .*este o imagine, nu o înregistrare/);
  assert.match(lines[2], /antet\.csv: refuzat .*nicio măsurătoare/);
  assert.match(lines[3], /rand\.csv: refuzat .*rândul 3/);
  await shot(page, "upload-refused-ro");
});

story("a file dropped beside the form is uploaded, and the page shows that it may be dropped", async (page) => {
  await logIn(page, platform.address);
  await goTo(page, "/recordings");
  await page.waitForSelector("#upload.is-enhanced");
  await drop(page, "h1", BAD_FILES.row, ["dragover"]);
  assert.equal(await page.locator(".drop-veil").isVisible(), true);
  await shot(page, "upload-drop-veil");
  await drop(page, "h1", BAD_FILES.row, ["drop"]);
  await page.locator(".upload-line.is-refused", { hasText: "rand.csv" }).waitFor();
  assert.equal(await page.locator(".drop-veil").isVisible(), false);
  await Promise.all([page.waitForURL(RECORDING), drop(page, "h1", madeUpNight("lasat.csv"))]);
});

story("a refused file is not kept", async (page) => {
  await logIn(page, platform.address);
  await goTo(page, "/recordings");
  const before = await page.locator("table.recordings tbody tr").count();
  await page.waitForSelector("#upload.is-enhanced");
  await page.setInputFiles("#upload input[type=file]", BAD_FILES.picture);
  await page.locator(".upload-line.is-refused").waitFor();
  await page.reload();
  assert.equal(await page.locator("table.recordings tbody tr").count(), before);
});

story("a patient opens the link without logging in, and a revoked link opens nothing", async (page) => {
  await logIn(page, platform.address);
  const recording = await upload(page, fixturePath(CSV));
  const link = await makeLink(page);
  assert.match(link, /\/p\/[^#]+#.+$/);
  await shot(page, "link-created-ro");
  const patient = await cleanContext(browser, PHONE_CONTEXT);
  const theirs = await patient.open();
  await openLink(theirs, link);
  assert.doesNotMatch(theirs.url(), /#/, "the secret leaves the address bar");
  await theirs.locator("main a[href*='/recordings/']").first().click();
  await chartReady(theirs);
  assertEqualNumbers(await numbersOf(theirs), GOLDEN[CSV].summary);
  await assertNoSidewaysScroll(theirs);
  await shot(theirs, "patient-recording-phone");
  const seen = theirs.url();

  await revokeLinks(page, recording);
  const again = await theirs.goto(seen);
  assert.equal(again.status(), 404, "an open page is closed with the link");
  const late = await cleanContext(browser);
  const lateComer = await late.open();
  await lateComer.goto(link);
  await lateComer.locator("[role=alert]").waitFor();
  assert.equal(await lateComer.locator("main a[href*='/recordings/']").count(), 0);
  assert.deepEqual([...patient.troubles, ...late.troubles], []);
  await Promise.all([patient.context.close(), late.context.close()]);
});

/** The page exchanges the fragment by itself and comes back without it. */
async function openLink(page, link) {
  await page.goto(link);
  await page.waitForFunction(() => document.querySelector("#patient-open") === null && location.hash === "");
}

story("a browser without the link's secret sees nothing of a recording", async (page) => {
  await logIn(page, platform.address);
  const recording = await upload(page, fixturePath(CSV));
  const { context, open } = await cleanContext(browser);
  const stranger = await open();
  const answer = await stranger.request.get(`${recording}/file`, { maxRedirects: 0 });
  assert.ok([302, 303, 401, 404].includes(answer.status()), `answered ${answer.status()}`);
  await context.close();
});

story("a new doctor's one-time link fills its code in and leaves the address bar, and the new password logs in", async (page) => {
  await logIn(page, platform.address);
  await goTo(page, "/admin/users");
  await page.fill("input[name=name]", "Dr. Mihai Țurcan");
  await page.fill("input[name=email]", "mihai@example.test");
  await Promise.all([page.waitForEvent("load"), page.click("form[action='/admin/users'] button[type=submit]")]);
  const link = await page.textContent("code.one-time");
  await shot(page, "user-created-ro");
  const { context, troubles, open } = await cleanContext(browser);
  const theirs = await open();
  await theirs.goto(link);
  await theirs.waitForFunction(() => document.querySelector("input[name=code]").value !== "");
  assert.doesNotMatch(theirs.url(), /#/);
  await shot(theirs, "set-password-ro");
  await theirs.fill("input[name=password]", "alta-parola-lunga-8");
  await Promise.all([theirs.waitForEvent("load"), theirs.press("input[name=password]", "Enter")]);
  await theirs.goto(`${platform.address}/recordings`);
  assert.match(await theirs.textContent("main"), /Nu există încă nicio înregistrare/, "another doctor's recordings are not theirs");
  assert.deepEqual(troubles, []);
  await context.close();
});

story("without scripts: log in, upload by the form, numbers and picture", async (page) => {
  await logIn(page, platform.address);
  await goTo(page, "/recordings");
  await page.setInputFiles("#upload input[type=file]", fixturePath(CSV));
  await Promise.all([page.waitForURL(RECORDING), page.click("#upload button[type=submit]")]);
  const picture = page.locator(".night-picture");
  await picture.waitFor();
  assert.ok((await picture.evaluate((img) => img.naturalWidth)) >= 1280, "the picture is there");
  assertEqualNumbers(await numbersOf(page), GOLDEN[CSV].summary);
  await shot(page, "recording-no-script");
}, WITHOUT_SCRIPTS);

story("the viewer shows a night and sends nothing", async (page) => {
  const sent = [];
  await goTo(page, "/viewer");
  await page.waitForSelector("#viewer[data-viewer=ready]");
  page.on("request", (request) => request.method() !== "GET" && sent.push(request.url()));
  await page.setInputFiles("#viewer-files", fixturePath(CSV));
  await page.locator("article[data-chart=ready]").waitFor();
  assert.equal(await page.textContent("[data-metric='aasm.odi3.count']"), String(GOLDEN[CSV].summary.aasm.odi3.count));
  await page.setInputFiles("#viewer-files", BAD_FILES.row);
  assert.match(await page.locator(".viewer-refused").textContent(), /rand\.csv .*rândul 3/);
  assert.deepEqual(sent, []);
  await shot(page, "viewer-ro");
});

/** Every page a person can reach, for the narrow screen and both languages. */
async function everyPage(page) {
  const recording = await upload(page, fixturePath(CSV));
  return ["/", "/recordings", new URL(recording).pathname, `${new URL(recording).pathname}/delete`, "/viewer", "/pacient", "/account", "/admin/users", "/nowhere"];
}

for (const lang of ["ro", "en"]) {
  story(`no page scrolls sideways on a 360 px screen (${lang})`, async (page) => {
    await logIn(page, platform.address);
    await switchLanguage(page, lang);
    for (const path of await everyPage(page)) {
      await goTo(page, path);
      if (/\/recordings\/[^/]+$/.test(path)) await page.waitForSelector("#night[data-chart=ready]");
      assert.equal(await page.getAttribute("html", "lang"), lang, path);
      await assertNoSidewaysScroll(page);
      await shot(page, `phone-${lang}-${path.replace(/\/recordings\/[^/]+/, "/recording").replaceAll("/", "-").slice(1) || "home"}`);
    }
  }, { context: PHONE_CONTEXT });
}

story("no page shows the name of a message instead of its words", async (page) => {
  await logIn(page, platform.address);
  for (const lang of ["ro", "en"]) {
    await goTo(page, "/");
    await switchLanguage(page, lang);
    for (const path of await everyPage(page)) {
      await goTo(page, path);
      if (/\/recordings\/[^/]+$/.test(path)) await page.waitForSelector("#night[data-chart=ready]");
      const text = await page.evaluate(() => document.body.innerText);
      assert.doesNotMatch(text, /\b[a-z]+(-[a-z0-9]+){2,}\b(?!\.)|\{ ?\$|%[a-z]+%/, `${lang} ${path}`);
      await shot(page, `desktop-${lang}-${path.replace(/\/recordings\/[^/]+/, "/recording").replaceAll("/", "-").slice(1) || "home"}`);
    }
  }
}, { context: { viewport: DESKTOP } });

story("the first page says what the platform is, without scripts", async (page) => {
  await goTo(page, "/");
  assert.equal(await page.textContent(".site-title"), "Platformă Pulsoximetrie");
  assert.deepEqual(await page.locator(".site-nav a").allTextContents(), ["Admin", "Pacient", "Vizualizare"]);
  await goTo(page, "/login");
  await shot(page, "login-no-script");
}, WITHOUT_SCRIPTS);

/** What the same modules put on every page of a night. */
async function assertExplorer(page) {
  for (const part of [".definition-choice .profile-choice", ".night-overview .overview-edge", ".chart-colours", "[data-export=svg]"]) {
    assert.ok((await page.locator(part).count()) >= 1, part);
  }
  await page.click("#desaturations summary");
  await page.click("#desaturations tbody tr:nth-child(2) button");
  assert.equal(await page.textContent(".night-window"), "Se vede: 00:03:34 – 00:08:22");
}

story("the doctor's page and the patient's page explore a night with the viewer's own modules", async (page) => {
  await logIn(page, platform.address);
  await switchLanguage(page, "ro"); // the doctor's account remembers what was chosen last
  await upload(page, fixturePath(CSV));
  await chartReady(page);
  await assertExplorer(page);
  const link = await makeLink(page);
  const patient = await cleanContext(browser);
  const theirs = await patient.open();
  await openLink(theirs, link);
  await theirs.locator("main a[href*='/recordings/']").first().click();
  await chartReady(theirs);
  await assertExplorer(theirs);
  assert.deepEqual(patient.troubles, []);
  await patient.context.close();
});

story("every definition of the page is computed a second time in the browser", async (page) => {
  await logIn(page, platform.address);
  await switchLanguage(page, "ro"); // the doctor's account remembers what was chosen last
  await upload(page, fixturePath(CSV));
  await chartReady(page);
  const rows = await page.locator("#numbers tr[data-index]").evaluateAll((all) => all.map((row) => [row.dataset.index, row.dataset.value]));
  assert.equal(rows.length, 11);
  const expected = GOLDEN[CSV].indices.map(({ profile, threshold, per_h }) => [`${profile}-${threshold === "three" ? 3 : 4}`, per_h]);
  for (const [index, per_h] of expected) assert.equal(Number(new Map(rows).get(index)), per_h, index);
});

story("moments of links are shown on the reader's clock, with its zone", async (page) => {
  await logIn(page, platform.address);
  await switchLanguage(page, "ro"); // the doctor's account remembers what was chosen last
  const recording = await upload(page, fixturePath(CSV));
  await makeLink(page);
  await page.goto(recording);
  await chartReady(page);
  const [iso, text] = await page.locator("table.links time[data-local]").first().evaluate((time) => [time.dateTime, time.textContent]);
  const hour = new Intl.DateTimeFormat("ro", { timeZone: "Europe/Bucharest", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(iso));
  assert.match(text, new RegExp(`^\\d\\d\\.\\d\\d\\.\\d{4}, ${hour} (EET|EEST|GMT\\+[23])$`));
});

story("without scripts the falls, hours and definitions are there as text", async (page) => {
  await logIn(page, platform.address);
  await switchLanguage(page, "ro"); // the doctor's account remembers what was chosen last
  await goTo(page, "/recordings");
  await page.setInputFiles("#upload input[type=file]", fixturePath(CSV));
  await Promise.all([page.waitForURL(RECORDING), page.click("#upload button[type=submit]")]);
  assert.equal(await page.locator("#desaturations tbody tr").count(), GOLDEN[CSV].events.length);
  assert.equal(await page.textContent("tr[data-index=viatom-3] [data-part=per_h]"), "15,0");
  assert.equal(await page.textContent("tr[data-hour='0'] th"), "23:59–00:19");
}, WITHOUT_SCRIPTS);
