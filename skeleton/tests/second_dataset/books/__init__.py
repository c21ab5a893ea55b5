"""A bookshop's stock: the example in docs/add-a-dataset.md, and what the tests add to a copy of the project."""
