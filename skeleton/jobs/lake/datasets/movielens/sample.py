"""Generates files like those of MovieLens from a seed: the same arguments give the same bytes, on any Python.

    python -m lake.datasets.movielens.sample 1000 raw/ --seed 42

The licence of the real data forbids redistribution under other terms, so tests and demos use these files. They have
the schemas, the order and the oddities of the real files (quotes, commas and accents in titles, missing years or
ranges of years, `(no genres listed)`, trailing blanks, whole stars only before 2003, links without a TMDB id), but none
of their content. Requires only the standard library. A million ratings take some 3 seconds of one processor; 25
million take 80 seconds and 250 MiB, mostly for sorting the tags.

https://files.grouplens.org/datasets/movielens/ml-latest-README.html
"""

from __future__ import annotations

import argparse
import csv
import math
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import TypeVar

_T = TypeVar("_T")

_GENRES = (
    "Action Adventure Animation Children Comedy Crime Documentary Drama Fantasy Film-Noir Horror IMAX Musical Mystery"
    " Romance Sci-Fi Thriller War Western"
).split()
_FIRST = (
    "Silent Crimson Last Broken Golden Winter Paper Hidden Electric Lonely Amélie's Señora Blå Größte 東京 Красная"
    " Hollow Distant Midnight Velvet"
).split()
_SECOND = (
    "River Empire Garden Detective Machine Summer Samurai Voyage Letters Kingdom Orchestra Café Señor Frontier Harbor"
    " Mirror Zoo Ångström Nights Horizon"
).split()
_TAGS = (
    "funny",
    "dark comedy",
    "atmospheric",
    "twist ending",
    "based on a book",
    "sci-fi",
    "Sci-Fi",
    "BD-R",
    "surreal",
    "bechdel test:fail",
    "visually appealing",
    '"great" soundtrack',
    "Oscar (Best Picture)",
    "à voir",
    "時代劇",
    "🎬 classic",
    "space, time",
    "  leading blank",
    "back\\slash",
    "imdb top 250",
)
# Percentages of 0.5, 1.0 … 5.0 stars, similar to the real data.
_STARS = (1.6, 3.1, 1.6, 6.6, 5.1, 19.6, 12.7, 26.6, 8.8, 14.3)
_FIRST_RATING, _LAST_RATING = 823_000_000, 1_700_000_000  # 1996 to 2023
_HALF_STARS_FROM = 1_045_526_400  # 18 February 2003


def write_sample(folder: Path, ratings: int, seed: int = 42) -> None:
    """Writes movies.csv, ratings.csv, tags.csv and links.csv with this many ratings to the folder."""
    if ratings < 1:
        raise ValueError(f"A sample needs at least one rating, not {ratings}")
    folder.mkdir(parents=True, exist_ok=True)
    # Each file has its own generator, so that a change to one file does not affect the others.
    movie_ids = _movie_ids(_number_of_movies(ratings), _rng(seed, "ids"))
    users = max(1, ratings // (25 if ratings <= 5_000 else 155))
    _write(folder / "movies.csv", ("movieId", "title", "genres"), _movies(movie_ids, _rng(seed, "movies")))
    _write(
        folder / "ratings.csv",
        ("userId", "movieId", "rating", "timestamp"),
        _ratings(ratings, users, movie_ids, _rng(seed, "ratings")),
    )
    _write(
        folder / "tags.csv",
        ("userId", "movieId", "tag", "timestamp"),
        _tags(max(20, ratings // 27), users, movie_ids, _rng(seed, "tags")),
    )
    _write(folder / "links.csv", ("movieId", "imdbId", "tmdbId"), _links(movie_ids, _rng(seed, "links")))


def _movies(ids: Sequence[int], rng: Random) -> Iterator[tuple]:
    for movie_id in ids:
        first, second, kind, odd = _one(_FIRST, rng), _one(_SECOND, rng), rng.random(), rng.random()
        title = f"{first} {second}"
        if kind < 0.15:
            title += ", The"
        elif kind < 0.20:
            title = f'{first} "{second}" Story'
        elif kind < 0.28:
            title += f" (a.k.a. {_one(_SECOND, rng)}, {_one(_FIRST, rng)})"
        year = _between(1902, 2024, rng)
        if odd < 0.96:
            title += f" ({year})"
        elif odd < 0.98:
            title += f" ({year}-{year + 3})"
        if rng.random() < 0.01:
            title += " "
        yield movie_id, title, "|".join(_genres(rng)) or "(no genres listed)"


def _genres(rng: Random) -> list[str]:
    number = 0 if rng.random() < 0.06 else _between(1, 5, rng)
    return sorted({_one(_GENRES, rng) for _ in range(number)})


def _ratings(number: int, users: int, movie_ids: Sequence[int], rng: Random) -> Iterator[tuple]:
    """Generates ratings by user, then film. Draws the popularity of films once: few films have most of the ratings."""
    popularity = _shuffled(movie_ids, rng)
    weights = list(accumulate((rank + 20) ** -0.95 for rank in range(1, len(popularity) + 1)))
    stars = list(accumulate(_STARS))
    for user, count in enumerate(_shares(number, users, len(movie_ids) // 2, rng), start=1):
        seen: set[int] = set()
        while len(seen) < count:
            seen.add(popularity[bisect(weights, rng.random() * weights[-1])])
        begin = _between(_FIRST_RATING, _LAST_RATING, rng)
        for movie_id in sorted(seen):
            at = begin + _between(0, 7_200, rng)
            halves = bisect(stars, rng.random() * stars[-1]) + 1
            if at < _HALF_STARS_FROM:
                halves += halves % 2
            yield user, movie_id, f"{halves / 2:.1f}", at


def _shares(number: int, users: int, most: int, rng: Random) -> list[int]:
    """Draws the number of ratings of each user, `number` in total; at least 20 each, as in the real data, if enough."""
    least = min(20, number // users)
    weights = [-math.log(1 - rng.random()) for _ in range(users)]
    total, free = sum(weights), number - least * users
    shares = [min(most, least + int(free * weight / total)) for weight in weights]
    rest, user = number - sum(shares), 0
    while rest:
        if shares[user % users] < most:
            shares[user % users] += 1
            rest -= 1
        user += 1
    return shares


def _tags(number: int, users: int, movie_ids: Sequence[int], rng: Random) -> Iterable[tuple]:
    tags: dict[tuple[int, int, str], int] = {}
    while len(tags) < number:
        tags[_between(1, users + 1, rng), _one(movie_ids, rng), _one(_TAGS, rng)] = _between(
            1_137_000_000, _LAST_RATING, rng
        )
    return ((*key, at) for key, at in sorted(tags.items()))


def _links(ids: Sequence[int], rng: Random) -> Iterator[tuple]:
    for movie_id in ids:
        imdb, tmdb = _between(1, 9_999_999, rng), _between(1, 900_000, rng)
        yield movie_id, f"{imdb:07}", "" if rng.random() < 0.01 else tmdb


def _number_of_movies(ratings: int) -> int:
    """Number of movies as in the real sets of this size; few in a tiny set, so that some films have enough votes."""
    if ratings <= 5_000:
        return 200
    return 9_742 if ratings <= 200_000 else 27_278 if ratings < 5_000_000 else 62_423


def _movie_ids(number: int, rng: Random) -> list[int]:
    return list(accumulate(_between(1, 6, rng) for _ in range(number)))


def _rng(seed: int, part: str) -> Random:
    return Random(f"{seed}/{part}")


# Python guarantees the same results between versions only for `random()`, not for choice, sample and shuffle.
def _between(low: int, high: int, rng: Random) -> int:
    """low ≤ n < high"""
    return low + int(rng.random() * (high - low))


def _one(things: Sequence[_T], rng: Random) -> _T:
    return things[int(rng.random() * len(things))]


def _shuffled(things: Sequence[_T], rng: Random) -> list[_T]:
    return [things[index] for _, index in sorted((rng.random(), index) for index in range(len(things)))]


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m lake.datasets.movielens.sample", description=__doc__)
    parser.add_argument("ratings", type=int, help="number of ratings, from 1 to some 25 million")
    parser.add_argument("folder", type=Path, help="folder for the four files")
    parser.add_argument("--seed", type=int, default=42)
    given = parser.parse_args()
    write_sample(given.folder, given.ratings, given.seed)


if __name__ == "__main__":
    main()
