/** Two-step sign-in in a real browser: codes of an app, codes on paper, passkeys of a virtual device, and being asked once more. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { assertNoSidewaysScroll, cleanContext, launch, PHONE_CONTEXT, shot } from "./support/browser.mjs";
import { logIn, startPlatform, switchLanguage } from "./support/platform.mjs";

const STEP_MS = 30_000;
const OVERVIEW = "/account/second-factor";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** A story on a platform of its own, since it changes the one account there is; `lang` and `phone` as its pages are. */
function story(name, run, { lang = "ro", phone = false, host } = {}) {
  test(name, async () => {
    const platform = await startPlatform({}, host);
    const { context, troubles, open } = await cleanContext(browser, phone ? PHONE_CONTEXT : {});
    const page = await open();
    const at = (path) => page.goto(`${platform.address}${path}`);
    const see = async (what) => {
      await assertNoSidewaysScroll(page);
      await shot(page, `second-factor-${what}-${lang}-${phone ? "phone" : "desk"}`);
    };
    try {
      await at("/login");
      if (lang === "en") await switchLanguage(page, "en");
      await logIn(page, platform.address);
      await run({ page, at, see, platform });
      assert.deepEqual(troubles, []);
    } finally {
      await context.close();
      await platform.stop();
    }
  });
}

function codeOf(seed, step) {
  const digit = (letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0");
  const bits = [...seed.replaceAll(" ", "")].map(digit).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const moment = Buffer.alloc(8);
  moment.writeBigInt64BE(BigInt(step));
  const hash = createHmac("sha1", key).update(moment).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** An app with codes; each code is of a step of its own, as the platform asks, the next one early where it may be. */
function phoneWith(seed) {
  let last = 0;
  return async () => {
    const step = Math.max(last + 1, Math.floor(Date.now() / STEP_MS));
    const early = (step - 1) * STEP_MS - Date.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early + 500));
    last = step;
    return codeOf(seed, step);
  };
}

const send = (page, selector) => Promise.all([page.waitForEvent("load"), page.click(selector)]);

async function setUpCodes({ page, at, see }) {
  await at(OVERVIEW);
  await see("overview-off");
  await send(page, "form[action$='/totp'] button");
  await page.click("details summary");
  await see("totp");
  const next = phoneWith(await page.textContent(".secret-text"));
  await page.fill("#code", await next());
  await send(page, "form[action$='/confirm'] button");
  await see("recovery-codes");
  const paper = await page.locator(".codes code").allTextContents();
  assert.equal(paper.length, 10);
  await send(page, ".actions a.button");
  await see("overview-on");
  return { next, paper };
}

async function signOut(page) {
  await send(page, ".sign-out button");
}

async function giveCode(page, code) {
  await page.fill("#code", code);
  await send(page, "form:has(#code) button");
}

function codes({ lang, phone }) {
  return async (story) => {
    const { page, at, see, platform } = story;
    const { next, paper } = await setUpCodes(story);
    await signOut(page);
    await logIn(page, platform.address);
    assert.equal(new URL(page.url()).pathname, "/login/second-step");
    await see("second-step");
    await giveCode(page, "000000");
    assert.match(await page.textContent(".message-error"), lang === "ro" ? /Codul nu este corect/ : /The code is wrong/);
    await giveCode(page, await next());
    assert.equal(new URL(page.url()).pathname, "/recordings");
    await signOut(page);
    await logIn(page, platform.address);
    await page.click("details summary");
    await page.fill("#recovery-code", paper[0].toLowerCase());
    await see("recovery");
    await send(page, "form:has(#recovery-code) button");
    await at(OVERVIEW);
    assert.match(await page.textContent("main"), lang === "ro" ? /Mai aveți 9 coduri de rezervă/ : /9 unused recovery codes/);
    await at(`/account/confirm?next=${OVERVIEW}`);
    await see("confirm");
    await giveCode(page, await next());
    assert.equal(new URL(page.url()).pathname, OVERVIEW);
    await at(phone ? "/clinic/people" : "/admin/users");
    await see(phone ? "people" : "users");
  };
}

for (const view of [{ lang: "ro", phone: false }, { lang: "en", phone: true }]) {
  story(`codes of an app, codes on paper, being asked once more: ${view.lang}`, codes(view), view);
}

/** A device that recognises its owner, as Chromium offers one to tests. */
async function virtualDevice(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options });
  return {
    refuse: () => session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false }),
    keys: async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
  };
}

function passkeys({ lang }) {
  return async (story) => {
    const { page, at, see, platform } = story;
    const device = await virtualDevice(page);
    await at(OVERVIEW);
    await page.fill("#passkey-name", "Telefonul Anei");
    await send(page, "#passkey button");
    assert.equal(await page.locator(".codes code").count(), 10, "the first factor comes with codes on paper");
    assert.equal((await device.keys()).length, 1);
    await at(OVERVIEW);
    assert.match(await page.textContent("main"), /Telefonul Anei/);
    await see("passkeys");
    await signOut(page);
    await logIn(page, platform.address);
    await see("second-step-passkey");
    assert.equal(await page.locator("#code").count(), 0, "there is no app to take a code from");
    await send(page, "#passkey button");
    assert.equal(new URL(page.url()).pathname, "/recordings");
    assert.equal((await device.keys())[0].rpId, "localhost");
    await at(`/account/confirm?next=${OVERVIEW}`);
    await send(page, "#passkey button");
    assert.equal(new URL(page.url()).pathname, OVERVIEW);
    const { next } = await addCodes(page);
    await signOut(page);
    await logIn(page, platform.address);
    await see("second-step-both");
    await device.refuse();
    await page.click("#passkey button");
    await page.waitForSelector("#passkey [data-failure]:not([hidden])");
    await giveCode(page, await next());
    await at(OVERVIEW);
    await send(page, "form[action$='/passkeys/remove'] button");
    assert.doesNotMatch(await page.textContent("main"), /Telefonul Anei/);
    assert.match(await page.textContent("main"), lang === "ro" ? /Codurile se cer din/ : /Codes are asked for since/);
  };
}

async function addCodes(page) {
  await send(page, "form[action$='/totp'] button");
  const next = phoneWith(await page.textContent(".secret-text"));
  await page.fill("#code", await next());
  await send(page, "form[action$='/confirm'] button");
  return { next };
}

for (const view of [{ lang: "ro", phone: true, host: "localhost" }, { lang: "en", phone: false, host: "localhost" }]) {
  story(`a passkey beside codes: ${view.lang}`, passkeys(view), view);
}
