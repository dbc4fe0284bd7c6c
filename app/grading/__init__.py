"""Marks from files of progress, computed anew: the command `gradwalk lesson grade`."""
