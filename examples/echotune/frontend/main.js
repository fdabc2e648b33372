import Chart from 'chart.js/auto';
import './style.css';

async function draw(canvas) {
  const response = await fetch('/api/recommendations?energy=0.6&valence=0.7');
  const tracks = await response.json();
  const data = tracks.map(({ energy, valence }) => ({ x: energy, y: valence }));
  return new Chart(canvas, { type: 'scatter', data: { datasets: [{ label: 'Moods', data }] } });
}

draw(document.getElementById('moods'));
