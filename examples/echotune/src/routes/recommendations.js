'use strict';

const { Router } = require('express');
const { tracks } = require('../database');

const router = Router();

/** Tracks nearest to the asked mood: the distance of energy and valence. */
function nearest(all, { energy, valence }) {
  const distance = (track) => Math.hypot(track.energy - energy, track.valence - valence);
  return [...all].sort((a, b) => distance(a) - distance(b)).slice(0, 20);
}

router.get('/', async (request, response, next) => {
  try {
    const mood = {
      energy: Number(request.query.energy ?? 0.5),
      valence: Number(request.query.valence ?? 0.5),
    };
    response.json(nearest(await tracks(), mood));
  } catch (error) {
    next(error);
  }
});

module.exports = router;
