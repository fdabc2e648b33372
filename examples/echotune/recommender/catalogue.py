"""Tracks of Spotify's catalogue, cached in MongoDB where one is configured."""

import os

import spotipy
from pymongo import MongoClient
from spotipy.oauth2 import SpotifyClientCredentials


def _cache():
    uri = os.environ.get("MONGODB_URI")
    return MongoClient(uri).echotune.similar if uri else None


def similar(track: str) -> list[dict]:
    cache = _cache()
    if cache is not None and (hit := cache.find_one({"_id": track})):
        return hit["tracks"]
    client = spotipy.Spotify(auth_manager=SpotifyClientCredentials())
    found = client.search(q=f"track:{track}", type="track", limit=20)["tracks"]["items"]
    if not found:
        raise LookupError(track)
    tracks = [{"id": item["id"], "title": item["name"]} for item in found]
    if cache is not None:
        cache.insert_one({"_id": track, "tracks": tracks})
    return tracks
