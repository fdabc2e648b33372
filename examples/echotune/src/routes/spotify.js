'use strict';

const { Router } = require('express');
const SpotifyWebApi = require('spotify-web-api-node');

const router = Router();

function client() {
  return new SpotifyWebApi({
    clientId: process.env.SPOTIFY_CLIENT_ID,
    clientSecret: process.env.SPOTIFY_CLIENT_SECRET,
    redirectUri: process.env.SPOTIFY_REDIRECT_URI,
  });
}

router.get('/login', (_request, response) => {
  response.redirect(client().createAuthorizeURL(['user-top-read', 'playlist-modify-private'], 'echotune'));
});

router.get('/callback', async (request, response, next) => {
  try {
    const { body } = await client().authorizationCodeGrant(request.query.code);
    response.json({ expiresIn: body.expires_in });
  } catch (error) {
    next(error);
  }
});

module.exports = router;
