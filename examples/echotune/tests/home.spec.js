const { test, expect } = require('@playwright/test');

test('the home page has a title', async ({ page }) => {
  await page.goto('http://localhost:3000');
  await expect(page).toHaveTitle(/EchoTune/);
});
