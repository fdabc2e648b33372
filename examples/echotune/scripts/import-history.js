'use strict';

// Sends an exported listening history to a running server.
const fs = require('fs');
const axios = require('axios');
const _ = require('lodash');

(async () => {
  const plays = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
  for (const part of _.chunk(plays, 500)) {
    await axios.post(`${process.env.ECHOTUNE_URL || 'http://localhost:3000'}/api/history`, part);
  }
})();
