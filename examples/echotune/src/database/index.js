'use strict';

const demo = [
  { id: 'a', title: 'Morning Run', energy: 0.9, valence: 0.8 },
  { id: 'b', title: 'Late Train', energy: 0.3, valence: 0.2 },
  { id: 'c', title: 'Kitchen Radio', energy: 0.6, valence: 0.9 },
];

/** Tracks from the configured database, or the demo set. */
async function tracks() {
  if (process.env.MONGODB_URI) return require('./mongodb').tracks();
  if (process.env.DATABASE_URL) return require('./postgres').tracks();
  return demo;
}

module.exports = { tracks };
