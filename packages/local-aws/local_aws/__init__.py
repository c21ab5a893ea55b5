"""AWS on one laptop: MiniStack whose Glue, EMR and MWAA really run, without Docker."""

__version__ = "0.1.0"
