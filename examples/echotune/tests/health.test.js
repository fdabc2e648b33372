const request = require('supertest');
const app = require('../src/server');

test('health answers', async () => {
  const response = await request(app).get('/health');
  expect(response.status).toBe(200);
  expect(response.body.status).toBe('ok');
});
