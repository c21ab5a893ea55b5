"""MovieLens: films, their ratings and tags, and two lists of the best films.

https://files.grouplens.org/datasets/movielens/ml-latest-README.html
"""
