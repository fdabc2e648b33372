"""The recommendation service; the Node server is its only client."""

import structlog
from dotenv import load_dotenv
from fastapi import FastAPI, HTTPException

from recommender import catalogue, history, lyrics

load_dotenv()
log = structlog.get_logger()
app = FastAPI(title="EchoTune recommender")


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/similar/{track}")
def similar(track: str) -> list[dict]:
    try:
        return catalogue.similar(track)
    except LookupError as error:
        log.info("unknown track", track=track)
        raise HTTPException(404, "unknown track") from error


@app.get("/top/{user}")
def top(user: str) -> list[str]:
    return history.top(user)


@app.get("/lyrics/{track}")
def words(track: str) -> dict[str, str]:
    return {"text": lyrics.find(track)}
