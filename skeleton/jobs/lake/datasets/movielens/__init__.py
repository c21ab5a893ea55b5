"""MovieLens: films, what people think of them, and two lists of the best.

https://files.grouplens.org/datasets/movielens/ml-latest-README.html
"""
