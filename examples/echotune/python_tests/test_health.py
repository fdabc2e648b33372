from recommender import main


def test_health():
    assert main.health() == {"status": "ok"}
