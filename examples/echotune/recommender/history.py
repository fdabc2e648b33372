"""What a user listened to."""

import os
from functools import cache

from sqlalchemy import create_engine, text


@cache
def _engine():
    return create_engine(os.environ.get("HISTORY_URL", "sqlite:///:memory:"))


def top(user: str) -> list[str]:
    with _engine().connect() as connection:
        connection.execute(text("create table if not exists plays (user text, track text)"))
        rows = connection.execute(
            text("select track from plays where user = :user group by track order by count(*) desc limit 20"),
            {"user": user},
        )
        return [row.track for row in rows]
