'use strict';

// Starts the MCP servers that the coding agents of the team use.
const { spawn } = require('child_process');

const servers = {
  filesystem: ['npx', ['@modelcontextprotocol/server-filesystem', '.']],
  thinking: ['npx', ['@modelcontextprotocol/server-sequential-thinking']],
  mermaid: ['npx', ['mcp-mermaid']],
  browserbase: ['npx', ['@browserbasehq/mcp-server-browserbase']],
  playwright: ['npx', ['@playwright/mcp']],
};

for (const name of process.argv.slice(2)) {
  const server = servers[name];
  if (!server) {
    console.error(`unknown server ${name}; there are: ${Object.keys(servers).join(', ')}`);
    process.exitCode = 2;
    continue;
  }
  spawn(server[0], server[1], { stdio: 'inherit' });
}
