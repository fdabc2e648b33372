'use strict';

require('dotenv').config();

const path = require('path');
const express = require('express');
const cors = require('cors');
const helmet = require('helmet');
const compression = require('compression');
const rateLimit = require('express-rate-limit');

const logger = require('./utils/logger');
const chat = require('./routes/chat');
const recommendations = require('./routes/recommendations');
const spotify = require('./routes/spotify');

const app = express();
app.disable('x-powered-by');
app.use(helmet());
app.use(cors({ origin: process.env.FRONTEND_URL || false }));
app.use(compression());
app.use(express.json({ limit: '1mb' }));
app.use('/api', rateLimit({ windowMs: 60_000, limit: 120 }));

app.get('/health', (_request, response) => {
  response.json({ status: 'ok', uptime: process.uptime() });
});
app.use('/api/chat', chat);
app.use('/api/recommendations', recommendations);
app.use('/api/spotify', spotify);
app.use(express.static(path.join(__dirname, '..', 'public')));

app.use((error, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  logger.error(error.message, { stack: error.stack });
  response.status(error.status || 500).json({ error: error.message });
});

if (require.main === module) {
  const port = Number(process.env.PORT || 3000);
  const server = app.listen(port, () => logger.info(`listening on ${port}`));
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => server.close(() => process.exit(0)));
  }
}

module.exports = app;
