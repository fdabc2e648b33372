'use strict';

const { Router } = require('express');
const { provider } = require('../ai/providers');

const router = Router();

router.post('/', async (request, response, next) => {
  try {
    const { message } = request.body;
    if (!message) {
      response.status(400).json({ error: 'message is missing' });
      return;
    }
    response.json({ reply: await provider().reply(message) });
  } catch (error) {
    next(error);
  }
});

module.exports = router;
