"""What survives a restart: networks, their checkpoints and history, answers to retried requests.

Jobs are functions of a connection and nothing else, so that many can share one commit.
"""
