const path = require('path');
const HtmlWebpackPlugin = require('html-webpack-plugin');
const TerserPlugin = require('terser-webpack-plugin');

module.exports = {
  mode: 'production',
  entry: './frontend/main.js',
  output: { path: path.resolve(__dirname, 'public/app') },
  module: {
    rules: [
      { test: /\.js$/, exclude: /node_modules/, use: 'babel-loader' },
      { test: /\.css$/, use: ['style-loader', 'css-loader'] },
    ],
  },
  optimization: { minimizer: [new TerserPlugin()] },
  plugins: [new HtmlWebpackPlugin({ template: './frontend/index.html' })],
};
