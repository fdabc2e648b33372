"""Reads the features of a folder of recordings; run by hand on a workstation."""

import sys
from pathlib import Path

import librosa
import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from tqdm import tqdm


def features(path: Path) -> dict[str, float]:
    signal, rate = librosa.load(path)
    tempo, _ = librosa.beat.beat_track(y=signal, sr=rate)
    return {
        "file": path.name,
        "tempo": float(np.atleast_1d(tempo)[0]),
        "energy": float(np.mean(librosa.feature.rms(y=signal))),
    }


if __name__ == "__main__":
    frame = pd.DataFrame([features(path) for path in tqdm(sorted(Path(sys.argv[1]).glob("*.wav")))])
    frame["mood"] = KMeans(n_clusters=4).fit_predict(frame[["tempo", "energy"]])
    frame.to_csv("features.csv", index=False)
