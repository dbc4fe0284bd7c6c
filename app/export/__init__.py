"""Files of what the pages show, made with nobody at the page: the command `gradwalk export`."""
