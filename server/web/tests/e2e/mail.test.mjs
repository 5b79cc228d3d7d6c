/** Whoever is invited or has lost the password gets in by a mail; each mail can be read on a desk and on a phone. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoSidewaysScroll, cleanContext, DESKTOP, launch, PHONE, shot } from "./support/browser.mjs";
import { mailFolder } from "./support/mails.mjs";
import { logIn, startPlatform, switchLanguage } from "./support/platform.mjs";

const PASSWORD = "patru-cai-verzi-pe-pereti";
const NEW_PASSWORD = "cinci-cai-verzi-pe-pereti";
const MAIL_WINDOWS = { wide: { width: 600, height: 900 }, phone: PHONE };
const WORDS = {
  ro: {
    locale: "ro-RO",
    invited: "Invitația este pe drum",
    invitation: "vă invită să lucrați",
    reset: "s-a cerut o parolă nouă",
    changed: "Parola dumneavoastră a fost schimbată",
    device: "dintr-un browser nefolosit până acum",
    test: "Mesaj de probă",
  },
  en: {
    locale: "en-GB",
    invited: "The invitation is on its way",
    invitation: "invites you to work",
    reset: "A new password was asked for",
    changed: "Your password was changed",
    device: "from a browser that had not been used",
    test: "Test message",
  },
};

let browser;
let platform;
let mails;
before(async () => {
  browser = await launch();
  mails = mailFolder();
  platform = await startPlatform({ MAIL_FOLDER: mails.path });
});
after(async () => {
  await browser.close();
  await platform.stop();
  mails.remove();
});

/** A page in a browser that has never been here and speaks the language. */
async function stranger(lang, options = {}) {
  const { context, troubles, open } = await cleanContext(browser, { locale: WORDS[lang].locale, ...options });
  return { page: await open(), troubles, close: () => context.close() };
}

/** The mail as a mail program shows it, without scripts and without anything from elsewhere. */
async function look(mail, name) {
  const { context, open } = await cleanContext(browser, { javaScriptEnabled: false });
  const fetched = [];
  const page = await open();
  page.on("request", (request) => fetched.push(request.url()));
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const [kind, viewport] of Object.entries(MAIL_WINDOWS)) {
      await page.setViewportSize(viewport);
      await page.setContent(mail.html);
      assert.equal(await page.locator("img, script, link, iframe, style").count(), 0);
      await shot(page, `mail-${name}-${kind}-${colorScheme}`);
    }
  }
  assert.deepEqual(fetched, []);
  await context.close();
  const reader = await cleanContext(browser, { viewport: PHONE });
  const narrow = await reader.open();
  await narrow.setContent(mail.html);
  await assertNoSidewaysScroll(narrow);
  await reader.context.close();
}

/** The one link of a mail that leads on, the same as text. */
async function linkOf(mail) {
  const addresses = [...mail.html.matchAll(/href="([^"]+)"/g)].map(([, address]) => address);
  assert.equal(new Set(addresses).size, 1, mail.html);
  assert.ok(mail.text.includes(addresses[0]), mail.text);
  assert.ok(addresses[0].startsWith(`${platform.address}/`), addresses[0]);
  return addresses[0];
}

async function submit(page, selector) {
  await Promise.all([page.waitForEvent("load"), page.click(selector)]);
}

async function choosePassword(page, address, password) {
  await page.goto(address);
  await page.fill("#code-form input[type=password]", password);
  await page.waitForFunction(() => document.querySelector("#code-form input[name=code]").value !== "" && location.hash === "");
  await submit(page, "#code-form button[type=submit]");
  assert.equal(new URL(page.url()).pathname, "/recordings");
}

for (const lang of ["ro", "en"]) {
  const words = WORDS[lang];
  const email = `dan-${lang}@example.test`;

  test(`whoever is invited by mail makes an account with the link in it (${lang})`, async () => {
    const admin = await stranger(lang);
    await logIn(admin.page, platform.address);
    await switchLanguage(admin.page, lang);
    await admin.page.goto(`${platform.address}/clinic/people`);
    await admin.page.fill("input#name", "Dr. Dan Păun");
    await admin.page.fill("input#email", email);
    await submit(admin.page, "form[action='/clinic/people'] button[type=submit]");
    assert.match(await admin.page.textContent(".message-success"), new RegExp(words.invited));
    await shot(admin.page, `mail-page-invited-${lang}`);
    const mail = await mails.next(email);
    assert.ok(mail.text.includes(words.invitation) && mail.text.includes("Dr. Dan Păun"), mail.text);
    await look(mail, `invitation-${lang}`);
    const dan = await stranger(lang);
    await choosePassword(dan.page, await linkOf(mail), PASSWORD);
    await switchLanguage(dan.page, lang);
    assert.deepEqual([...admin.troubles, ...dan.troubles], []);
    await Promise.all([admin.close(), dan.close()]);
  });

  test(`a lost password is replaced by the link in a mail (${lang})`, async () => {
    const lost = await stranger(lang, { viewport: DESKTOP });
    await lost.page.goto(`${platform.address}/login`);
    await submit(lost.page, "a[href='/forgot-password']");
    await lost.page.fill("input#email", email);
    await submit(lost.page, "form[action='/forgot-password'] button[type=submit]");
    await shot(lost.page, `mail-page-forgot-${lang}`);
    const mail = await mails.next(email);
    assert.ok(mail.text.includes(words.reset), mail.text);
    await look(mail, `reset-${lang}`);
    await choosePassword(lost.page, await linkOf(mail), NEW_PASSWORD);
    const changed = await mails.next(email);
    assert.ok(changed.text.includes(words.changed) || changed.html.includes(words.changed), changed.text);
    await look(changed, `password-changed-${lang}`);
    assert.deepEqual(lost.troubles, []);
    await lost.close();
  });

  test(`a sign-in from a new browser is told by mail, and a test message arrives (${lang})`, async () => {
    const elsewhere = await stranger(lang);
    await elsewhere.page.goto(`${platform.address}/login`);
    await elsewhere.page.fill("input[name=email]", email);
    await elsewhere.page.fill("input[name=password]", NEW_PASSWORD);
    await submit(elsewhere.page, "form[action='/login'] button[type=submit]");
    const mail = await mails.next(email);
    assert.ok(mail.text.includes(words.device), mail.text);
    await look(mail, `new-device-${lang}`);
    assert.equal(await linkOf(mail), `${platform.address}/account`);
    await elsewhere.close();
    const admin = await stranger(lang);
    await logIn(admin.page, platform.address);
    await switchLanguage(admin.page, lang);
    await admin.page.goto(`${platform.address}/admin/mail`);
    await submit(admin.page, "form[action='/admin/mail/test'] button");
    await assertNoSidewaysScroll(admin.page);
    await shot(admin.page, `mail-page-${lang}`);
    await admin.page.setViewportSize(PHONE);
    await assertNoSidewaysScroll(admin.page);
    await shot(admin.page, `mail-page-${lang}-phone`);
    let probe;
    do probe = await mails.next("doctor@example.test"); while (!probe.html.includes(words.test));
    await look(probe, `test-${lang}`);
    assert.deepEqual([...elsewhere.troubles, ...admin.troubles], []);
    await admin.close();
  });
}
