"""A page that is a file of its own: it plays a pass, or a lesson, where there is no server.

Its modules, sheets, fonts and words stand in its text, and so do the answers to all that it will
ask. `page.py` puts it together, the same for the same request.
"""

from app.player.page import Player, player
from app.player.request import PlayerRequest

__all__ = ["Player", "PlayerRequest", "player"]
