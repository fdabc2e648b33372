'use strict';

const { MongoClient } = require('mongodb');

let client;

async function tracks() {
  client ??= await new MongoClient(process.env.MONGODB_URI).connect();
  return client.db('echotune').collection('tracks').find().limit(10_000).toArray();
}

module.exports = { tracks };
