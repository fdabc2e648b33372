'use strict';

// Takes the pictures of the documentation from a running server.
const puppeteer = require('puppeteer-extra');
const stealth = require('puppeteer-extra-plugin-stealth');

puppeteer.use(stealth());

(async () => {
  const browser = await puppeteer.launch({ headless: true });
  const page = await browser.newPage();
  await page.goto(process.env.ECHOTUNE_URL || 'http://localhost:3000');
  await page.screenshot({ path: 'docs/home.png' });
  await browser.close();
})();
