'use strict';

const OpenAI = require('openai');
const { GoogleGenerativeAI } = require('@google/generative-ai');

const openai = {
  async reply(message) {
    const client = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });
    const answer = await client.chat.completions.create({
      model: process.env.OPENAI_MODEL || 'gpt-4o-mini',
      messages: [{ role: 'user', content: message }],
    });
    return answer.choices[0].message.content;
  },
};

const gemini = {
  async reply(message) {
    const client = new GoogleGenerativeAI(process.env.GEMINI_API_KEY);
    const model = client.getGenerativeModel({ model: process.env.GEMINI_MODEL || 'gemini-2.0-flash' });
    return (await model.generateContent(message)).response.text();
  },
};

const offline = {
  async reply(message) {
    return `No AI provider is configured; you said: ${message}`;
  },
};

function provider() {
  if (process.env.OPENAI_API_KEY) return openai;
  if (process.env.GEMINI_API_KEY) return gemini;
  return offline;
}

module.exports = { provider };
